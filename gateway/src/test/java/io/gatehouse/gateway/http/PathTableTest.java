package io.gatehouse.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTableTest {
    private static final Endpoint NONE = exchange -> TestServer.text("");
    private final PathTable table = new PathTable(List.of(
            Mount.post("/oauth2/token", new OAuthErrors(), NONE),
            Mount.get("/oauth2/userinfo", new OAuthErrors(), NONE),
            Mount.post("/oauth2/userinfo", new OAuthErrors(), NONE),
            Mount.get("/.well-known/oauth-authorization-server", new OAuthErrors(), NONE),
            Mount.get("/.well-known/oauth-protected-resource/orders", new OAuthErrors(), NONE),
            Mount.get("/api/{app}/token", new ProblemErrors(), NONE),
            Mount.post("/api/{app}/login", new ProblemErrors(), NONE),
            Mount.get("/api/fixed/token", new ProblemErrors(), NONE),
            new Mount(Set.of(HttpMethod.DELETE), "/x", new ProblemErrors(), NONE)));

    @ParameterizedTest
    @CsvSource({
        "/oauth2/token, /oauth2/token, main",
        "/t/shop/oauth2/token, /oauth2/token, shop",
        "/t/a_B-9/oauth2/token, /oauth2/token, a_B-9",
        "/.well-known/oauth-authorization-server, /.well-known/oauth-authorization-server, main",
        "/.well-known/oauth-authorization-server/t/shop, /.well-known/oauth-authorization-server, shop",
        "/t/shop/.well-known/oauth-authorization-server, /.well-known/oauth-authorization-server, shop",
        "/.well-known/oauth-protected-resource/orders, /.well-known/oauth-protected-resource/orders, main",
        "/.well-known/oauth-protected-resource/t/shop/orders, /.well-known/oauth-protected-resource/orders, shop",
        "/t/t/oauth2/token, /oauth2/token, t"
    })
    void aPathIsFound(String path, String text, String tenant) {
        PathTable.Match match = table.find(path);

        assertThat(match).isNotNull();
        assertThat(match.path().text()).isEqualTo(text);
        assertThat(match.tenant()).isEqualTo(tenant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "null",
                "oauth2/token",
                "/oauth2/token/",
                "/oauth2//token",
                "//oauth2/token",
                "/OAUTH2/TOKEN",
                "/oauth2/./token",
                "/x/../oauth2/token",
                "/oauth2%2Ftoken",
                "/oauth2/%74oken",
                "/oauth2/token;v=1",
                "/oauth2/token%00",
                "/oauth2/token ",
                "/oauth2\\token",
                "/t",
                "/t/",
                "/t/shop",
                "/t/shop/",
                "/t//oauth2/token",
                "/t/main/oauth2/token", // the default tenant has one address
                "/t/shop//oauth2/token",
                "/t/shop/t/other/oauth2/token",
                "/t/shop/../other/oauth2/token",
                "/T/shop/oauth2/token",
                "/.well-known/oauth-authorization-server/",
                "/.well-known/oauth-authorization-server/t/",
                "/.well-known/oauth-authorization-server/t/main",
                "/.well-known/oauth-authorization-server/t/shop/",
                "/.well-known/oauth-authorization-server/t/shop/x",
                "/.well-known/oauth-authorization-server/shop",
                "/.well-known/nothing/t/shop",
                "/.well-known/t/shop",
                "/oauth2/token/t/shop", // only well-known documents by insertion
                "/t/a/.well-known/oauth-authorization-server/t/b"
            })
    void nothingElseIs(String path) {
        assertThat(table.find(path)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/shop/token, /api/{app}/token, main, shop",
        "/api/a%2Fb/login, /api/{app}/login, main, a%2Fb",
        "/api/{app}/token, /api/{app}/token, main, {app}",
        "/api/../token, /api/{app}/token, main, ..",
        "/t/x/api/shop/token, /api/{app}/token, x, shop",
        "/t/api/api/t/token, /api/{app}/token, api, t",
        "/api/token/token, /api/{app}/token, main, token",
        "/api/fixed/login, /api/{app}/login, main, fixed"
    })
    void oneSegmentMayVary(String path, String text, String tenant, String variable) {
        PathTable.Match match = table.find(path);

        assertThat(match).isNotNull();
        assertThat(match.path().text()).isEqualTo(text);
        assertThat(match.tenant()).isEqualTo(tenant);
        assertThat(match.variable()).isEqualTo(variable);
    }

    @Test
    void anExactPathComesFirst() {
        assertThat(table.find("/api/fixed/token").path().text()).isEqualTo("/api/fixed/token");
        assertThat(table.find("/t/x/api/fixed/token").path().text()).isEqualTo("/api/fixed/token");
        assertThat(table.find("/api/fixed/token").variable()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api//token",
                "/api/token",
                "/api/token/",
                "/api/shop/token/",
                "/api/shop/tokens",
                "/api/a/b/token",
                "/xapi/shop/token",
                "/API/shop/token",
                "/t/main/api/shop/token",
                "/t//api/shop/token",
                "/t/a/t/b/api/shop/token",
                "/t/api/shop/token",
                "/.well-known/api/shop/token",
                "/.well-known/api/shop/token/t/x"
            })
    void oneSegmentIsOneSegment(String path) {
        assertThat(table.find(path)).isNull();
    }

    @Test
    void theSegmentIsBounded() {
        assertThat(table.find("/api/" + "x".repeat(128) + "/token").variable()).hasSize(128);
        assertThat(table.find("/api/" + "x".repeat(129) + "/token")).isNull();
    }

    @Test
    void aMethodPicksTheMount() {
        PathTable.Path path = table.find("/oauth2/userinfo").path();

        assertThat(path.forMethod(HttpMethod.GET)).isNotNull().isSameAs(path.forMethod(HttpMethod.HEAD));
        assertThat(path.forMethod(HttpMethod.POST)).isNotNull().isNotSameAs(path.forMethod(HttpMethod.GET));
        assertThat(path.forMethod(HttpMethod.PUT)).isNull();
        assertThat(path.forMethod(HttpMethod.valueOf("get"))).isNull();
        assertThat(path.allow()).isEqualTo("GET, HEAD, POST");
    }
}
