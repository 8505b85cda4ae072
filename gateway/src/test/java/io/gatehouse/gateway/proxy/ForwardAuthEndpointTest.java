package io.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.gatehouse.common.message.VerificationKeys;
import io.gatehouse.gateway.TestGateway;
import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.TestClock;
import io.gatehouse.gateway.oauth.TestNode;
import io.gatehouse.gateway.oauth.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class ForwardAuthEndpointTest {
    private static final String SECRET = "hop-secret-0123456789abcdef0123456789";
    private static final String OLD_SECRET = "old-hop-secret-0123456789abcdef0123456789";
    private static final String HOP = "X-Gatehouse-Hop: " + SECRET;
    private static final String ROUTES = """
            forward_auth: {secret: [%s, %s]}
            routes:
              - {id: open, match: {host: a, path: /open}, demand: public}
              - {id: scoped, match: {host: a, path: /scoped}, demand: bearer, scope: [openid, api]}
              - {id: roles, match: {host: a, path: /roles}, demand: bearer, roles: [owner, editor]}
              - {id: chiefs, match: {host: a, path: /chiefs}, demand: bearer, roles: [owner]}
              - {id: other, match: {host: a, path: /other}, demand: bearer, audience: "https://api.example.org"}
              - {id: nowhere, tenant: nowhere, match: {host: a, path: /nowhere}, demand: bearer}
              - {id: claims, match: {host: a, path: /claims}, demand: bearer, claims: "sub_type == 'user' and not (roles has 'guest' or family == 'oauth' or client_id in ['legacy'] or aud has 'urn:x' or scope has 'admin')"}
              - {id: any, match: {host: a, path: /any}, demand: bearer}
            """.formatted(SECRET, OLD_SECRET);

    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = new TestGateway(ROUTES);
        gateway.node.on(VerificationKeys.Get.class, get -> Tokens.keySet(get.tenant()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static RawReply forwarded(String target, String... more) {
        return ask(
                "/forward-auth", "X-Forwarded-Method: GET", "X-Forwarded-Host: a", "X-Forwarded-Uri: " + target, more);
    }

    private static RawReply ask(String path, String method, String host, String uri, String... more) {
        List<String> lines = new ArrayList<>(List.of(HOP, method, host, uri));
        lines.addAll(List.of(more));
        return gateway.get(path, lines.toArray(String[]::new));
    }

    private static String bearer(Map<String, Object> claims) {
        return "Authorization: Bearer " + Tokens.signed(claims);
    }

    private static String bearer(String name, Object value) {
        Map<String, Object> claims = Tokens.claims();
        claims.put(name, value);
        return bearer(claims);
    }

    private static String bearer() {
        return bearer(Tokens.claims());
    }

    private static void assertNobody(RawReply reply) {
        assertThat(reply.status()).isEqualTo(200);
        for (String name : List.of("subject", "subject-type", "client", "scope", "roles", "assertion")) {
            assertThat(reply.header("x-gatehouse-" + name)).isEmpty();
        }
    }

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
                List.of("X-Other: 1", "Authorization: Basic YTpi", "Authorization: DPoP x", "Authorization: Bearer")) {
            RawReply reply = forwarded("/scoped", authorization);
            assertThat(reply.status()).as(authorization).isEqualTo(401);
            assertThat(reply.header("www-authenticate")).isEqualTo("Bearer realm=\"gatehouse\", scope=\"openid api\"");
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

    private static void assertInvalid(String authorization) {
        RawReply reply = forwarded("/any", authorization);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("www-authenticate")).startsWith("Bearer realm=\"gatehouse\", error=\"invalid_token\"");
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

    /** The form is chosen by the path: a client's own headers of another form say nothing. */
    @ParameterizedTest
    @CsvSource({
        "/forward-auth, Forwarded, Original",
        "/forward-auth/traefik, Forwarded, Original",
        "/forward-auth/caddy, Forwarded, Original",
        "/forward-auth/nginx, Original, Forwarded",
        "/forward-auth/haproxy, Original, Forwarded",
    })
    void eachFormHasItsOwnHeaders(String path, String mine, String clients) {
        String[] forged = {"X-" + clients + "-Method: GET", "X-" + clients + "-Host: a", "X-" + clients + "-Uri: /open"
        };
        String method = "X-" + mine + "-Method: GET";
        String host = "X-" + mine + "-Host: a";
        assertThat(ask(path, method, host, "X-" + mine + "-URI: /any", forged).status())
                .isEqualTo(401);
        assertNobody(ask(path, method, host, "X-" + mine + "-Uri: /open", forged[0]));
        assertThat(gateway.get(path, HOP, forged[0], forged[1], forged[2]).status())
                .isEqualTo(403);
        assertThat(ask(path, method, host, "X-" + mine + "-Uri: /open", "x-" + mine + "-uri: /open")
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "DELETE", "PROPFIND", "OPTIONS"})
    void envoyTellsByTheRequestItself(String method) {
        assertNobody(gateway.exchange(method, "/forward-auth/envoy/open/x?y=/any", "", HOP));
        assertThat(gateway.exchange(method, "/forward-auth/envoy/any", "", HOP).status())
                .isEqualTo(401);
        assertThat(gateway.exchange(method, "/forward-auth/envoy/any", "", HOP, bearer())
                        .header("x-gatehouse-subject"))
                .isEqualTo(Tokens.SUBJECT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/forward-auth/envoy/", "/forward-auth/envoy//open", "/forward-auth/envoy/open/../any",
                "/forward-auth/envoy/open%2f..%2fany", "/forward-auth/envoy/../envoy/open",
                        "http://a/forward-auth/envoy/open",
            })
    void envoysOddPathsAre403(String target) {
        assertThat(gateway.get(
                                target,
                                HOP,
                                bearer(),
                                "X-Forwarded-Method: GET",
                                "X-Forwarded-Host: a",
                                "X-Forwarded-Uri: /open")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void theHopProvesItselfByAnyOfItsSecrets() {
        String[] request = {"X-Forwarded-Method: GET", "X-Forwarded-Host: a", "X-Forwarded-Uri: /open"};
        assertThat(gateway.get("/forward-auth", with(request, "X-Gatehouse-Hop: " + OLD_SECRET))
                        .status())
                .isEqualTo(200);
        for (String[] lines : List.of(
                request,
                with(request, "X-Gatehouse-Hop: "),
                with(request, "X-Gatehouse-Hop: " + SECRET + "x"),
                with(request, "X-Gatehouse-Hop: " + SECRET.toUpperCase(Locale.ROOT)),
                with(request, "X-Gatehouse-Hop: " + SECRET + "," + OLD_SECRET),
                with(with(request, HOP), HOP))) {
            RawReply reply = gateway.get("/forward-auth", lines);
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.body()).doesNotContainIgnoringCase("hop").doesNotContain("secret");
        }
        // Fields that might be taken for it by who joins the two spellings.
        assertThat(gateway.get("/forward-auth", with(request, "X_Gatehouse_Hop: " + SECRET))
                        .status())
                .isEqualTo(400);
    }

    /** As the documentation of each product says that it asks, for a GET of /any?x=1 at the host a. */
    @Test
    void eachProductIsAnswered() {
        RawReply traefik = gateway.get(
                "/forward-auth/traefik",
                "User-Agent: Go-http-client/1.1",
                bearer(),
                HOP,
                "X-Forwarded-For: 192.0.2.7",
                "X-Forwarded-Host: a",
                "X-Forwarded-Method: GET",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Uri: /any?x=1",
                "Accept-Encoding: gzip");
        RawReply caddy = gateway.get(
                "/forward-auth/caddy",
                "User-Agent: curl/8",
                "Accept: */*",
                bearer(),
                HOP,
                "X-Forwarded-For: 192.0.2.7",
                "X-Forwarded-Host: a",
                "X-Forwarded-Method: GET",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Uri: /any?x=1",
                "Accept-Encoding: gzip");
        RawReply envoy = gateway.exchange(
                "GET",
                "/forward-auth/envoy/any?x=1",
                "",
                bearer(),
                HOP,
                "x-envoy-internal: true",
                "x-forwarded-for: 192.0.2.7",
                "x-envoy-expected-rq-timeout-ms: 5000");
        for (RawReply reply : List.of(traefik, caddy, envoy)) {
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("x-gatehouse-subject")).isEqualTo(Tokens.SUBJECT);
        }
    }

    @Test
    void whoKnocksWithoutTheSecretIsAuditedOnceAMinute() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger audit = (Logger) LoggerFactory.getLogger("gatehouse.audit");
        try (TestGateway fresh = new TestGateway(ROUTES)) {
            lines.start();
            audit.addAppender(lines);
            for (int i = 0; i < 5; i++) {
                assertThat(fresh.get("/forward-auth", "X-Gatehouse-Hop: guess-" + i)
                                .status())
                        .isEqualTo(403);
            }
            assertThat(lines.list).hasSize(1);
            fresh.node.clock.pass(Duration.ofMinutes(1));
            assertThat(fresh.get("/forward-auth").status()).isEqualTo(403);
            assertThat(lines.list).hasSize(2);
            assertThat(lines.list.get(1).getKeyValuePairs().toString())
                    .contains("forward_auth_refused", "no secret", "untold=\"4\"");
            assertThat(lines.list.toString()).doesNotContain("guess");
        } finally {
            audit.detachAppender(lines);
        }
    }

    @Test
    void itIsAtTheRootOnly() {
        assertThat(gateway.get("/t/shop/forward-auth", HOP).status()).isEqualTo(404);
        assertThat(gateway.get("/t/shop/forward-auth/envoy/open", HOP).status()).isEqualTo(404);
        assertThat(gateway.get("/forward-auth/unknown", HOP).status()).isEqualTo(404);
    }

    @Test
    void withoutASecretThereIsNone() {
        try (TestGateway without = new TestGateway(ROUTES.substring(ROUTES.indexOf("routes:")))) {
            for (String path : List.of("/forward-auth", "/forward-auth/nginx", "/forward-auth/envoy/open")) {
                assertThat(without.get(path, HOP).status()).isEqualTo(404);
            }
        }
    }

    @Test
    void whereNobodyCanTellNothingOpens() {
        // Nobody sends it a heartbeat.
        try (TestGateway stale = new TestGateway("revocation: {heartbeat: PT1S, staleness: PT5S}\n" + ROUTES)) {
            String[] request = {HOP, "X-Original-Method: GET", "X-Original-Host: a", "X-Original-Uri: /any", bearer()};
            TestNode.eventually(
                    "the list is stale",
                    () -> stale.get("/forward-auth/nginx", request).status() == 503);
        }
    }

    private static String[] with(String[] lines, String one) {
        List<String> all = new ArrayList<>(List.of(lines));
        all.add(one);
        return all.toArray(String[]::new);
    }
}
