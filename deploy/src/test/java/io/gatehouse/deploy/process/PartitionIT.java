package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members that don't reach each other while their clients and the database reach all of them. */
class PartitionIT {
    private static final int ANSWERS = 60;
    private static final int REVOKED = 10;

    @TempDir
    private static Path folder;

    private static Wires wires;
    private static Cluster cluster;
    private static Caller a;
    private static Caller b;

    @BeforeAll
    static void start() throws Exception {
        Wires.require();
        wires = new Wires(List.of("gateway-a", "gateway-b", "back-a", "back-b"));
        cluster = Cluster.onPostgres(
                folder, wires, "gateway-a:gateway", "gateway-b:gateway", "back-a:token,store", "back-b:token,store");
        cluster.start("back-a", "back-b", "gateway-a", "gateway-b");
        a = cluster.caller("gateway-a");
        b = cluster.caller("gateway-b");
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
        if (wires != null) {
            wires.close();
        }
    }

    /** It refuses what it can't know of, and knows it once it is back. */
    @Test
    void aGatewayAlone() throws Exception {
        List<String> tokens = tokens();
        try (Load load = Load.on(a, a)) {
            load.awaitAnswers(ANSWERS);
            wires.split("gateway-b");
            long cut = System.nanoTime();
            for (String token : tokens) {
                new Patience().granted(() -> a.revoke(Caller.DEMO_CLIENT, token));
            }
            tell("a token revoked on the other side was taken for " + takenFor(tokens.getFirst(), cut));
            Eventually.isUnavailable(() -> b.login("ada", "ada-demo-password"));
            Eventually.isUnavailable(() -> b.me(tokens.getLast()));
            assertThat(cluster.node("gateway-b").ready().statusCode()).isEqualTo(503);
            cluster.awaitMembership("gateway-a", "gateway-b", false);
            cluster.awaitMembership("gateway-b", "back-a", false);
            Instant healed = Instant.now();
            wires.heal();
            Eventually.isTrueAtLast("all are refused", () -> refusesAll(tokens));
            Instant refused = Instant.now();
            cluster.awaitMembership("gateway-b", "back-a", true);
            Instant met = cluster.knewOf("gateway-b", "back-a");
            tell("what was revoked meanwhile was refused " + Duration.between(healed, refused)
                    + " after the wires were open, " + Duration.between(met, refused) + " after members had met");
            isBack("gateway-b");
            load.finish();
            load.check(b);
            tell("a gateway alone, requests at the other one: " + load.told().failures());
        }
    }

    /** Both sides serve, and what counts once does so on both together. */
    @Test
    void halfOfAll() throws Exception {
        try (Load load = Load.on(a, b)) {
            load.awaitAnswers(ANSWERS);
            wires.split("gateway-b", "back-b");
            cluster.awaitMembership("gateway-a", "back-b", false);
            cluster.awaitMembership("gateway-b", "back-a", false);
            load.awaitAnswers(ANSWERS);
            wires.heal();
            cluster.awaitMembership("gateway-a", "back-b", true);
            isBack("gateway-a");
            isBack("gateway-b");
            load.awaitAnswers(ANSWERS);
            load.finish();
            load.check(a);
            tell("two halves: " + load.told().failures());
        }
    }

    private static List<String> tokens() throws Exception {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < REVOKED; i++) {
            tokens.add(Tokens.of(new Patience().granted(() -> a.clientCredentials(Caller.DEMO_CLIENT)))
                    .access());
            assertThat(b.isActive(Caller.DEMO_CLIENT, tokens.getLast())).isTrue();
        }
        return tokens;
    }

    /** Asks until it is not taken any more; how long after that moment it was. */
    private static Duration takenFor(String token, long since) throws Exception {
        long last = since;
        while (true) {
            long asked = System.nanoTime();
            HttpResponse<String> told = b.introspect(Caller.DEMO_CLIENT, token);
            if (told.statusCode() == 503) {
                assertThat(told.headers().firstValue("Retry-After")).isPresent();
                return Duration.ofNanos(last - since);
            }
            assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
            assertThat(new JsonObject(told.body()).getBoolean("active")).isTrue();
            // Twice: on a busy machine the last heartbeat is read some time after it came.
            assertThat(Duration.ofNanos(asked - since)).isLessThan(Wires.STALENESS.multipliedBy(2));
            last = asked;
            Thread.sleep(20);
        }
    }

    private static boolean refusesAll(List<String> tokens) throws Exception {
        for (String token : tokens) {
            HttpResponse<String> told = b.introspect(Caller.DEMO_CLIENT, token);
            assertThat(told.statusCode()).as(told.body()).isIn(200, 503);
            if (told.statusCode() == 503) {
                return false;
            }
            assertThat(new JsonObject(told.body()).getBoolean("active"))
                    .as("a revoked token")
                    .isFalse();
        }
        return true;
    }

    private static void tell(String measured) {
        System.out.println("measured " + measured);
    }

    private static void isBack(String gateway) throws Exception {
        Eventually.isReadyAtLast(cluster.node(gateway));
        new Patience().granted(() -> cluster.caller(gateway).login("ada", "ada-demo-password"));
    }
}
