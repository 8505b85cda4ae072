package io.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.gatehouse.gateway.TestGateway;
import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** How proxies tell of a request, and prove that they may ask. */
class SubRequestTest extends ForwardAuthCase {
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

    private RawReply asForwarded(String form, String... clients) {
        List<String> headers = new ArrayList<>(List.of(clients));
        headers.addAll(List.of(
                bearer(),
                HOP,
                "X-Forwarded-For: 192.0.2.7",
                "X-Forwarded-Host: a",
                "X-Forwarded-Method: GET",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Uri: /any?x=1",
                "Accept-Encoding: gzip"));
        return gateway.get("/forward-auth/" + form, headers.toArray(String[]::new));
    }

    /** As the documentation of each product says that it asks, for a GET of /any?x=1 at the host a. */
    @Test
    void eachProductIsAnswered() {
        RawReply traefik = asForwarded("traefik", "User-Agent: Go-http-client/1.1");
        RawReply caddy = asForwarded("caddy", "User-Agent: curl/8", "Accept: */*");
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
}
