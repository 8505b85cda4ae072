package io.gatehouse.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which answers scripts of other sites may read. */
class CrossOriginTest {
    private static final TestGateway GATEWAY = new TestGateway();
    private static final String[] PREFLIGHT = {
        "Origin: https://app.example.org",
        "Access-Control-Request-Method: POST",
        "Access-Control-Request-Headers: authorization"
    };

    @AfterAll
    static void close() {
        GATEWAY.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/oauth2/token",
                "/oauth2/userinfo",
                "/oauth2/jwks",
                "/.well-known/openid-configuration",
                "/.well-known/oauth-authorization-server",
                "/t/shop/oauth2/token"
            })
    void scriptsOfAnySiteMayAsk(String path) {
        RawReply preflight = GATEWAY.exchange("OPTIONS", path, null, PREFLIGHT);
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("access-control-allow-origin")).isEqualTo("*");
        assertThat(preflight.header("access-control-allow-headers")).contains("Authorization");
        assertThat(preflight.has("access-control-allow-credentials")).isFalse();
        RawReply answer = GATEWAY.get(path, "Origin: https://app.example.org");
        assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
        assertThat(answer.header("access-control-expose-headers")).contains("WWW-Authenticate");
    }

    @Test
    void theMethodsOfThePathAreNamed() {
        assertThat(GATEWAY.exchange("OPTIONS", "/oauth2/token", null, PREFLIGHT).header("access-control-allow-methods"))
                .isEqualTo("POST");
        assertThat(GATEWAY.exchange("OPTIONS", "/oauth2/userinfo", null, PREFLIGHT)
                        .header("access-control-allow-methods"))
                .contains("GET", "POST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/oauth2/authorize",
                "/login",
                "/consent",
                "/oauth2/introspect",
                "/oauth2/revoke",
                "/api/token.do",
                "/auth/login",
                "/auth/me"
            })
    void whatRestsOnCookiesOrPasswordsIsForNoScriptOfAnotherSite(String path) {
        RawReply preflight = GATEWAY.exchange("OPTIONS", path, null, PREFLIGHT);
        assertThat(preflight.status()).isEqualTo(405);
        assertThat(preflight.has("access-control-allow-origin")).isFalse();
        assertThat(GATEWAY.get(path, "Origin: https://app.example.org").has("access-control-allow-origin"))
                .isFalse();
    }
}
