package io.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.config.ConfigLoader;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.RateLimits;
import io.gatehouse.gateway.TestGateway;
import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.TestNode;
import io.gatehouse.gateway.oauth.Tokens;
import io.gatehouse.gateway.proxy.rate.LocalLimits;
import io.gatehouse.gateway.proxy.rate.RequestLimits;
import io.vertx.core.Future;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteRatesTest {
    private static final String SECRET = "hop-secret-0123456789abcdef0123456789";
    private static final String CONFIG = """
            server: {port: 0, event_loops: 1, trusted_proxies: [127.0.0.0/8]}
            forward_auth: {secret: %s}
            routes:
              - {id: user, match: {host: a, path: /user}, demand: bearer, rate: {limit: 3, window: PT3M}}
              - {id: again, match: {host: a, path: /again}, demand: bearer, rate: {limit: 3, window: PT3M}}
              - {id: client, match: {host: a, path: /client}, demand: bearer, rate: {per: client, limit: 3, window: PT3M}}
              - {id: address, match: {host: a, path: /address}, demand: bearer, rate: {per: address, limit: 3, window: PT3M}}
              - {id: open, match: {host: a, path: /open}, demand: public, rate: {limit: 3, window: PT3M}}
              - {id: free, match: {host: a, path: /free}, demand: bearer}
              - {id: all, match: {host: a, path: /all}, demand: bearer, rate: {limit: 3, window: PT3M, shared: true}}
            """.formatted(SECRET);

    private final TestGateway gateway = new TestGateway(CONFIG);

    @AfterEach
    void stop() {
        gateway.close();
    }

    private RawReply ask(String form, String path, String address, String... more) {
        String prefix = form.equals("/nginx") || form.equals("/haproxy") ? "X-Original-" : "X-Forwarded-";
        List<String> lines = new ArrayList<>(List.of(
                "X-Gatehouse-Hop: " + SECRET,
                prefix + "Method: GET",
                prefix + "Host: a",
                prefix + "Uri: " + path,
                "X-Forwarded-For: " + address));
        lines.addAll(List.of(more));
        return gateway.get("/forward-auth" + form, lines.toArray(String[]::new));
    }

    private int status(String path, String address, String... more) {
        return ask("", path, address, more).status();
    }

    private static String bearer(String subject, String client) {
        Map<String, Object> claims = Tokens.claims();
        claims.put("sub", subject);
        claims.put("client_id", client);
        claims.put("jti", subject + client + System.nanoTime());
        return "Authorization: Bearer " + Tokens.signed(claims);
    }

    @Test
    void tellsWhatIsLeftAndRefusesWithAWayOut() {
        String ada = bearer("ada", "web");
        RawReply first = ask("", "/user", "192.0.2.1", ada);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("ratelimit-policy")).isEqualTo("\"user\";q=3;w=180");
        assertThat(first.header("ratelimit")).isEqualTo("\"user\";r=2;t=60");
        assertThat(first.header("x-gatehouse-subject")).isEqualTo("ada");
        assertThat(status("/user", "192.0.2.2", ada)).isEqualTo(200);
        assertThat(status("/user", "192.0.2.3", bearer("ada", "other"))).isEqualTo(200);

        gateway.node.clock.pass(Duration.ofSeconds(20));
        RawReply refused = ask("", "/user", "192.0.2.4", ada);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("retry-after")).isEqualTo("40");
        assertThat(refused.header("ratelimit")).isEqualTo("\"user\";r=0;t=40");
        assertThat(refused.header("ratelimit-policy")).isEqualTo("\"user\";q=3;w=180");
        assertThat(refused.header("cache-control")).isEqualTo("no-store");
        assertThat(refused.json().getString("error_description")).contains("try again in 40 seconds");
        assertThat(refused.has("x-gatehouse-subject")).isFalse();

        gateway.node.clock.pass(Duration.ofSeconds(40));
        assertThat(status("/user", "192.0.2.4", ada)).isEqualTo(200);
    }

    @Test
    void subjectsAndRoutesCountApart() {
        for (int i = 0; i < 3; i++) {
            status("/user", "192.0.2.1", bearer("ada", "web"));
        }
        assertThat(status("/user", "192.0.2.1", bearer("ada", "web"))).isEqualTo(429);
        assertThat(status("/user", "192.0.2.1", bearer("bob", "web"))).isEqualTo(200);
        assertThat(status("/again", "192.0.2.1", bearer("ada", "web"))).isEqualTo(200);
        // A client for itself, though its id is spelled like a user's.
        assertThat(status("/user", "192.0.2.1", bearer("ada", "ada"))).isEqualTo(200);
    }

    @Test
    void aClientsUsersCountTogether() {
        for (String user : List.of("ada", "bob", "cid")) {
            assertThat(status("/client", "192.0.2.1", bearer(user, "web"))).isEqualTo(200);
        }
        assertThat(status("/client", "192.0.2.1", bearer("dan", "web"))).isEqualTo(429);
        assertThat(status("/client", "192.0.2.1", bearer("dan", "app"))).isEqualTo(200);
    }

    /** No client acts for a browser: what one user used is not missing to another. */
    @Test
    void usersWithSessionsCountApart() {
        Route route = RouteTable.of(ConfigLoader.parse("""
                                issuer: https://login.example.org
                                routes:
                                  - {id: few, match: {host: a}, demand: session, rate: {per: client, limit: 1, window: PT3M}}
                                """).routes(), URI.create("https://login.example.org"))
                .routes()
                .getFirst();
        RouteRates rates = new RouteRates(
                new RequestLimits(gateway.node.bus, new LocalLimits(gateway.node.clock), gateway.node.clock));
        List<Boolean> passes = new ArrayList<>();
        for (String user : List.of("ada", "bob", "ada")) {
            Verdict.Passed passed = new Verdict.Passed(route, Identity.ofUser(user, List.of()), () -> true, List.of());
            passes.add(
                    TestNode.await(rates.pass(route, null, () -> Future.succeededFuture(passed)))
                            instanceof Verdict.Passed);
        }
        assertThat(passes).containsExactly(true, true, false);
    }

    /** Who shows what does not count uses up nothing of whom he names. */
    @Test
    void whatDoesNotCountIsNobodys() {
        String forged = bearer("ada", "web") + "x";
        for (int i = 0; i < 5; i++) {
            assertThat(status("/user", "192.0.2.1", forged)).isEqualTo(401);
        }
        assertThat(ask("", "/user", "192.0.2.1", bearer("ada", "web")).header("ratelimit"))
                .contains("r=2");
    }

    @Test
    void anAddressIsCountedWhateverItShows() {
        assertThat(status("/address", "192.0.2.1")).isEqualTo(401);
        assertThat(status("/address", "192.0.2.1", "Authorization: Bearer x.y.z"))
                .isEqualTo(401);
        RawReply last = ask("", "/address", "192.0.2.1", bearer("ada", "web"));
        assertThat(last.status()).isEqualTo(200);
        assertThat(last.header("ratelimit")).isEqualTo("\"address\";r=0;t=60");
        assertThat(status("/address", "192.0.2.1", bearer("ada", "web"))).isEqualTo(429);
        assertThat(status("/address", "192.0.2.2", bearer("ada", "web"))).isEqualTo(200);
        // One subscriber has many of these.
        for (int i = 0; i < 3; i++) {
            assertThat(status("/address", "2001:db8::" + i)).isEqualTo(401);
        }
        assertThat(status("/address", "2001:db8::ffff")).isEqualTo(429);
    }

    /** What a client writes in front of what the proxy adds says nothing. */
    @Test
    void nobodyNamesAnAddressOfHisOwn() {
        for (int i = 0; i < 3; i++) {
            status("/open", "198.51.100." + i + ", 192.0.2.1");
        }
        assertThat(status("/open", "198.51.100.77, 192.0.2.1")).isEqualTo(429);
        assertThat(status("/open", "192.0.2.2")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nginx", "/haproxy"})
    void whereNoOtherStatusPassesItIs403(String form) {
        for (int i = 0; i < 3; i++) {
            assertThat(ask(form, "/open", "192.0.2.1").status()).isEqualTo(200);
        }
        RawReply refused = ask(form, "/open", "192.0.2.1");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.header("retry-after")).isEqualTo("60");
        assertThat(refused.header("ratelimit")).isEqualTo("\"open\";r=0;t=60");
    }

    @Test
    void whereNoRateIsNothingIsTold() {
        for (int i = 0; i < 10; i++) {
            RawReply reply = ask("", "/free", "192.0.2.1", bearer("ada", "web"));
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.has("ratelimit")).isFalse();
        }
    }

    @Test
    void aSharedRateHoldsWithoutTheStore() {
        gateway.node.on(
                RateLimits.Take.class,
                take -> new RateLimits.Taken(false, 0, Duration.ofMinutes(3), Duration.ofSeconds(9)));
        RawReply refused = ask("", "/all", "192.0.2.1", bearer("ada", "web"));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("retry-after")).isEqualTo("9");

        gateway.node.failing(RateLimits.Take.class, new OAuthError.Unavailable("store"));
        for (int i = 0; i < 3; i++) {
            assertThat(status("/all", "192.0.2.1", bearer("ada", "web"))).isEqualTo(200);
        }
        assertThat(status("/all", "192.0.2.1", bearer("ada", "web"))).isEqualTo(429);
    }
}
