package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Two nodes with all roles on one database, which hear nothing of one another but by that. */
@ParameterizedClass
@EnumSource(names = {"POSTGRES", "REDIS"})
record KeysOfTwoNodesTest(BackEnd backEnd) {
    private static final int MANY = 16;
    private static final String TOKEN = "operator-0123456789abcdef0123456789abcdef";

    private static RunningNode one;
    private static RunningNode other;

    @BeforeParameterizedClassInvocation
    static void startBoth(BackEnd backEnd) {
        one = node().on(backEnd);
        other = node().beside(one);
        one.start();
        other.start();
    }

    private static RunningNode node() {
        return RunningNode.demo().with("issuer", "http://127.0.0.1:18080").with("management.token", TOKEN);
    }

    @AfterParameterizedClassInvocation
    static void stopBoth() throws IOException {
        one.stop();
        other.stop();
        one.forget();
    }

    @Test
    void ofManyOrdersAtOnce_oneRotates() {
        List<CompletableFuture<Answer>> orders = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            orders.add(rotateLater(i % 2 == 0 ? one : other, "{\"algorithm\":\"EdDSA\"}"));
        }
        assertThat(orders).allSatisfy(order -> assertThat(order.join().status()).isEqualTo(200));
        // The first order makes the first key, which signs at once; the others ask for its successor.
        assertThat(states(one)).containsExactly("active", "next").isEqualTo(states(other));
    }

    @Test
    void anEmergencyOnOne_isOneOnTheOther() {
        String before = accessToken(other);
        assertThat(rotateLater(one, "{\"algorithm\":\"ES256\",\"emergency\":true}")
                        .join()
                        .status())
                .isEqualTo(200);
        for (RunningNode node : List.of(one, other)) {
            eventually("the old token is refused", () -> !isActive(node, before));
            eventually("new tokens are good", () -> isActive(one, accessToken(node)));
        }
        assertThat(isActive(other, accessToken(one))).isTrue();
    }

    private static CompletableFuture<Answer> rotateLater(RunningNode node, String order) {
        return node.management()
                .sendLater(
                        "POST",
                        "/admin/v1/keys/rotate",
                        order,
                        "Authorization",
                        "Bearer " + TOKEN,
                        "Content-Type",
                        "application/json");
    }

    private static List<String> states(RunningNode node) {
        return node.management().get("/admin/v1/keys", "Bearer " + TOKEN).json().getJsonArray("keys").stream()
                .map(JsonObject.class::cast)
                .filter(key -> key.getString("alg").equals("EdDSA"))
                .map(key -> key.getString("state"))
                .toList();
    }

    private static String accessToken(RunningNode node) {
        return node.caller()
                .post(
                        "/oauth2/token",
                        Caller.basic("demo", RunningNode.DEMO_SECRET),
                        "grant_type",
                        "client_credentials")
                .text("access_token");
    }

    private static boolean isActive(RunningNode node, String token) {
        return node.caller()
                .post("/oauth2/introspect", Caller.basic("demo", RunningNode.DEMO_SECRET), "token", token)
                .json()
                .getBoolean("active");
    }

    private static void eventually(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("not within five minutes: " + what).isLessThan(deadline);
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
