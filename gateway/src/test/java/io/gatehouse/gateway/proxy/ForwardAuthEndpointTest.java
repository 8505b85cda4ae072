package io.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.TestGateway;
import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.TestClock;
import io.gatehouse.gateway.oauth.TestNode;
import io.gatehouse.gateway.oauth.Tokens;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered to whoever shows what, at routes of each kind. */
class ForwardAuthEndpointTest extends ForwardAuthCase {
    @Test
    void tellsWhoSentARequestThatMayGoOn() {
        RawReply reply = forwarded("/any/thing?x=1", bearer());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("x-gatehouse-subject")).isEqualTo(Tokens.SUBJECT);
        assertThat(reply.header("x-gatehouse-subject-type")).isEqualTo("user");
        assertThat(reply.header("x-gatehouse-client")).isEqualTo("gatehouse.login");
        assertThat(reply.header("x-gatehouse-scope")).isEqualTo("openid profile");
        assertThat(reply.header("x-gatehouse-roles")).isEqualTo("editor");
        assertThat(reply.header("x-gatehouse-assertion")).isEqualTo("assertion.for.any");
        assertThat(reply.header("cache-control")).isEqualTo("no-store");
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void aClientForItselfIsNoUser() {
        Map<String, Object> claims = Tokens.claims();
        claims.put("client_id", "service");
        claims.put("sub", "service");
        claims.remove("roles");
        RawReply reply = forwarded("/any", bearer(claims));
        assertThat(reply.header("x-gatehouse-subject")).isEqualTo("service");
        assertThat(reply.header("x-gatehouse-subject-type")).isEqualTo("client");
        assertThat(reply.header("x-gatehouse-roles")).isEmpty();
    }

    @Test
    void aRoleIsNeverReadAsTwo() {
        RawReply reply = forwarded("/any", bearer("roles", List.of("a,admin", "b c", "50%", "ü", "plain:x")));
        assertThat(reply.header("x-gatehouse-roles")).isEqualTo("a%2Cadmin,b%20c,50%25,%C3%BC,plain:x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\r\nX-Gatehouse-Roles: admin", "ä", "", "a\u0000"})
    void aNameThatFitsNoHeaderOpensNothing(String subject) {
        assertThat(forwarded("/any", bearer("sub", subject)).status()).isEqualTo(403);
    }

    @Test
    void whereNobodyIsAskedNobodyIsTold() {
        assertNobody(forwarded("/open/logo.svg"));
        assertNobody(forwarded("/open", bearer()));
        assertNobody(forwarded("/open", "Authorization: Bearer x", "X-Gatehouse-Subject: root"));
    }

    @Test
    void withoutATokenOneIsAskedFor() {
        for (String authorization :
                List.of("X-Other: 1", "Authorization: Basic YTpi", "Authorization: DPoP", "Authorization: Bearer")) {
            RawReply reply = forwarded("/scoped", authorization);
            assertThat(reply.status()).as(authorization).isEqualTo(401);
            assertThat(reply.headers().get("www-authenticate"))
                    .hasSize(2)
                    .startsWith("Bearer realm=\"gatehouse\", scope=\"openid api\"");
            assertThat(reply.has("x-gatehouse-subject")).isFalse();
        }
    }

    @Test
    void aTokenThatDoesNotCountIs401() {
        assertInvalid("Authorization: Bearer x.y.z");
        assertInvalid(bearer("exp", TestClock.START.getEpochSecond()));
        assertInvalid(bearer("iss", "https://elsewhere.example.org"));
        assertInvalid(bearer() + "x");
        // Bound ones: a certificate on this connection would be the proxy's, and there is no proof.
        assertInvalid(bearer("cnf", Map.of("jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I")));
        assertInvalid(bearer("cnf", Map.of("x5t#S256", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I")));
    }

    @Test
    void aTokenThatLacksSomethingIs403() {
        RawReply reply = forwarded("/scoped", bearer());
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.header("www-authenticate"))
                .contains("error=\"insufficient_scope\"")
                .endsWith(", scope=\"openid api\"");
        assertThat(forwarded("/scoped", bearer("scope", "api openid")).status()).isEqualTo(200);

        assertThat(forwarded("/chiefs", bearer()).json().getString("error")).isEqualTo("access_denied");
        assertThat(forwarded("/roles", bearer()).status()).isEqualTo(200);
        assertThat(forwarded("/roles", bearer("roles", List.of("Editor"))).status())
                .isEqualTo(403);

        assertThat(forwarded("/other", bearer()).status()).isEqualTo(403);
        assertThat(forwarded("/other", bearer("aud", List.of("x", "https://api.example.org")))
                        .status())
                .isEqualTo(200);
        assertThat(forwarded("/any", bearer("aud", "https://api.example.org")).status())
                .isEqualTo(403);
        assertThat(forwarded("/nowhere", bearer()).status()).isIn(401, 403);
    }

    @Test
    void anExpressionThatIsFalseIs403() {
        assertThat(forwarded("/claims", bearer()).status()).isEqualTo(200);
        Map<String, Object> own = Tokens.claims();
        own.put("sub", "gatehouse.login");
        assertThat(forwarded("/claims", bearer(own)).status()).isEqualTo(403);
        assertThat(forwarded("/claims", bearer("roles", List.of("guest"))).status())
                .isEqualTo(403);
        assertThat(forwarded("/claims", bearer("family", "oauth")).status()).isEqualTo(403);
        assertThat(forwarded("/claims", bearer("client_id", "legacy")).status()).isEqualTo(403);
        assertThat(forwarded("/claims", bearer("aud", List.of(TestNode.ISSUER, "urn:x")))
                        .status())
                .isEqualTo(403);
        assertThat(forwarded("/claims", bearer("scope", "admin")).status()).isEqualTo(403);
    }

    /** A remembered signature is no remembered answer: each input is looked at anew. */
    @Test
    void theSameTokenIsJudgedAnewAtEachRoute() {
        String token = bearer();
        for (int i = 0; i < 2; i++) {
            assertThat(forwarded("/any", token).status()).isEqualTo(200);
            assertThat(forwarded("/scoped", token).status()).isEqualTo(403);
            assertThat(forwarded("/chiefs", token).status()).isEqualTo(403);
            assertThat(forwarded("/other", token).status()).isEqualTo(403);
            assertThat(forwarded("/open", token).header("x-gatehouse-subject")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/unknown",
                "/opener",
                "/any/../open",
                "/open/../any",
                "/open/%2e%2e/any",
                "/open%2f..%2fany",
                "/open;/../any",
                "//open",
                "/open//",
                "/open%00",
                "/open%c0%af",
                "/open\\..\\any",
                "open",
                "http://a/open",
                "*",
                "/open#",
                "/open\u00e9",
                "/Open",
            })
    void whatNoRouteIsForOrTwoServersCouldReadInTwoWaysIs403(String target) {
        RawReply reply = forwarded(target, bearer());
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.json().getString("error")).isEqualTo("access_denied");
    }

    @Test
    void hostsAndMethodsAreNotGuessed() {
        for (String host : List.of("b", "a, b", "a.", "b@a", "a/open", "")) {
            assertThat(ask(
                                    "/forward-auth",
                                    "X-Forwarded-Method: GET",
                                    "X-Forwarded-Host: " + host,
                                    "X-Forwarded-Uri: /open")
                            .status())
                    .as(host)
                    .isEqualTo(403);
        }
        for (String method : List.of("get", "", "GET, POST")) {
            assertThat(ask(
                                    "/forward-auth",
                                    "X-Forwarded-Method: " + method,
                                    "X-Forwarded-Host: a",
                                    "X-Forwarded-Uri: /open")
                            .status())
                    .as(method)
                    .isEqualTo(403);
        }
        assertNobody(
                ask("/forward-auth", "X-Forwarded-Method: PATCH", "X-Forwarded-Host: A:443", "X-Forwarded-Uri: /open"));
    }

    @Test
    void whereNobodyCanTellNothingOpens() {
        try (TestGateway stale = new TestGateway("revocation: {heartbeat: PT1S, staleness: PT5S}\n" + ROUTES)) {
            stale.hearsNoMore();
            String[] request = {HOP, "X-Original-Method: GET", "X-Original-Host: a", "X-Original-Uri: /any", bearer()};
            TestNode.eventually(
                    "the list is stale",
                    () -> stale.get("/forward-auth/nginx", request).status() == 503);
        }
    }
}
