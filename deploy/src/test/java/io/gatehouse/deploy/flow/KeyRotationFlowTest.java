package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Signing keys of a whole node that follow one another on the operator's order. */
class KeyRotationFlowTest {
    private static final String TOKEN = "operator-0123456789abcdef0123456789abcdef";
    private static final String LEAD = "PT3S";

    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo()
            .with("management.token", TOKEN)
            .with("keys.publish_lead", LEAD)
            .with("keys.ack_timeout", "PT1H");

    private final Caller caller = NODE.caller();
    private final Caller management = NODE.management();

    @Test
    void aNewKey_isPublishedThenSigns_andOldTokensStayGood() {
        String before = accessToken();
        String old = kid(before);
        JsonObject begun = rotate(new JsonObject().put("algorithm", "ES256"));
        String next = kids(begun, "next").getFirst();
        eventually("both stand in the JWKS", () -> published().containsAll(List.of(old, next)));
        assertThat(kid(accessToken())).isIn(old, next);

        // ack_timeout is an hour: it signs because every loop's process said that it knows it.
        eventually("the new one signs", () -> kid(accessToken()).equals(next));
        assertThat(published()).contains(old, next);
        assertThat(isActive(before)).isTrue();
        assertThat(isActive(accessToken())).isTrue();
        assertThat(kids(keys(), "retired")).contains(old);
    }

    @Test
    void anEmergency_refusesWhatTheOldKeySigned() {
        String before = accessToken();
        assertThat(isActive(before)).isTrue();
        JsonObject done = rotate(new JsonObject().put("algorithm", "ES256").put("emergency", true));
        eventually("what the old one signed is refused", () -> !isActive(before));
        eventually("a token of the new key", () -> kids(done, "active").contains(kid(accessToken())));
        eventually("the old one is gone", () -> !published().contains(kid(before)));
        assertThat(isActive(accessToken())).isTrue();
        assertThat(isActive(before)).isFalse();
    }

    @Test
    void aRetiredKey_canBeTakenAwayBeforeItsTime() {
        String before = accessToken();
        rotate(new JsonObject().put("algorithm", "ES256"));
        eventually("the new one signs", () -> !kid(accessToken()).equals(kid(before)));
        JsonObject order = new JsonObject().put("kid", kid(accessToken()));
        Answer refused = management.postJson("/admin/v1/keys/retire", bearer(), order.encode());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("detail")).contains("rotate first");
        order.put("kid", kid(before));
        assertThat(management
                        .postJson("/admin/v1/keys/retire", bearer(), order.encode())
                        .status())
                .isEqualTo(200);
        eventually("what it signed is refused", () -> !isActive(before));
        eventually("it is gone", () -> !published().contains(kid(before)));
    }

    @Test
    void theJwks_isKeptByOthersForHalfOfTheLead() {
        assertThat(caller.get("/oauth2/jwks", null).header("Cache-Control")).contains("max-age=1");
    }

    @Test
    void onlyTheOperator_maySeeAndOrder() {
        for (String authorization : new String[] {null, "Bearer wrong", "Basic " + TOKEN, "Bearer " + TOKEN + "x"}) {
            Answer refused = management.get("/admin/v1/keys", authorization);
            assertThat(refused.status()).as(authorization).isEqualTo(401);
            assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(management
                            .postJson("/admin/v1/keys/rotate", authorization, "{\"emergency\":true}")
                            .status())
                    .isEqualTo(401);
        }
        assertThat(caller.get("/admin/v1/keys", bearer()).status()).isEqualTo(404);
    }

    @Test
    void whatIsNoOrder_isRefused() {
        assertThat(management.get("/admin/v1/keys?tenant=nowhere", bearer()).status())
                .isEqualTo(404);
        assertThat(management.get("/admin/v1/keys/rotate", bearer()).status()).isEqualTo(405);
        assertThat(management.get("/admin/v1/", bearer()).status()).isEqualTo(404);
        for (String body : List.of(
                "[]",
                "{",
                "{\"emergancy\":true}",
                "{\"emergency\":\"yes\"}",
                "{\"algorithm\":\"none\"}",
                "{\"tenant\":1}")) {
            Answer refused = management.postJson("/admin/v1/keys/rotate", bearer(), body);
            assertThat(refused.status()).as(body).isEqualTo(400);
        }
        assertThat(management
                        .postJson("/admin/v1/keys/rotate", bearer(), " ".repeat(5000))
                        .status())
                .isEqualTo(413);
        assertThat(management
                        .post("/admin/v1/keys/rotate", bearer(), "emergency", "true")
                        .status())
                .isEqualTo(415);
    }

    private JsonObject rotate(JsonObject order) {
        Answer answer = management.postJson("/admin/v1/keys/rotate", bearer(), order.encode());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private JsonObject keys() {
        return management.get("/admin/v1/keys", bearer()).json();
    }

    private static List<String> kids(JsonObject listing, String state) {
        JsonArray keys = listing.getJsonArray("keys");
        return keys.stream()
                .map(JsonObject.class::cast)
                .filter(key -> key.getString("alg").equals("ES256"))
                .filter(key -> key.getString("state").equals(state))
                .map(key -> key.getString("kid"))
                .toList();
    }

    private List<String> published() {
        return caller.get("/oauth2/jwks", null).json().getJsonArray("keys").stream()
                .map(key -> ((JsonObject) key).getString("kid"))
                .toList();
    }

    private String accessToken() {
        return caller.post(
                        "/oauth2/token",
                        Caller.basic("demo", RunningNode.DEMO_SECRET),
                        "grant_type",
                        "client_credentials")
                .text("access_token");
    }

    private boolean isActive(String token) {
        return caller.post("/oauth2/introspect", Caller.basic("demo", RunningNode.DEMO_SECRET), "token", token)
                .json()
                .getBoolean("active");
    }

    private static String kid(String jwt) {
        String header = new String(Base64.getUrlDecoder().decode(jwt.substring(0, jwt.indexOf('.'))));
        return new JsonObject(header).getString("kid");
    }

    private static String bearer() {
        return "Bearer " + TOKEN;
    }

    private static void eventually(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("not within two minutes: " + what).isLessThan(deadline);
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
