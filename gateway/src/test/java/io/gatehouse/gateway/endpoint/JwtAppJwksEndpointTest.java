package io.gatehouse.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.JwtAppTokens;
import io.gatehouse.common.message.JwtApps;
import io.gatehouse.gateway.TestGateway;
import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.Samples;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GET /jwt/{app}/jwks: public, and of the one app. */
class JwtAppJwksEndpointTest {
    private final TestGateway gateway = new TestGateway();

    @BeforeEach
    void start() {
        gateway.node
                .on(
                        JwtApps.Find.class,
                        find -> new JwtApps.Found(
                                find.name().equals("shop") ? Samples.app(find.tenant(), "shop", 1) : null))
                .on(
                        JwtAppTokens.Keys.class,
                        keys -> new JwtAppTokens.PublicKeys(List.of("{\"kid\":\"1\"}", "{\"kid\":\"2\"}")));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({"/jwt/shop/jwks, main", "/t/shop/jwt/shop/jwks, shop"})
    void theKeysOfTheTenantsApp(String path, String tenant) {
        RawReply reply = gateway.get(path);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.header("content-type")).isEqualTo("application/json");
        assertThat(reply.header("cache-control")).isEqualTo("public, max-age=300");
        assertThat(reply.body()).isEqualTo("{\"keys\":[{\"kid\":\"1\"},{\"kid\":\"2\"}]}");
        assertThat(gateway.node.askedOnce(JwtAppTokens.Keys.class))
                .isEqualTo(new JwtAppTokens.Keys(tenant, Samples.app(tenant, "shop", 1)));
    }

    @Test
    void anAppThatSharesASecretHasNone() {
        gateway.node.on(JwtAppTokens.Keys.class, keys -> new JwtAppTokens.PublicKeys(List.of()));

        assertThat(gateway.get("/jwt/shop/jwks").body()).isEqualTo("{\"keys\":[]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/jwt/other/jwks", "/jwt/a%20b/jwks", "/jwt/{app}/jwks", "/t/nobody/jwt/shop/jwks"})
    void anUnknownAppIs404(String path) {
        RawReply reply = gateway.get(path);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().getString("error")).isEqualTo("not_found");
        assertThat(reply.header("cache-control")).isEqualTo("no-store");
    }

    @Test
    void aPartThatIsAwayIs503AndAnotherMethod405() {
        gateway.node.failing(JwtAppTokens.Keys.class, new OAuthError.Unavailable("token"));

        assertThat(gateway.get("/jwt/shop/jwks").status()).isEqualTo(503);
        assertThat(gateway.post("/jwt/shop/jwks").header("allow")).isEqualTo("GET, HEAD");
    }
}
