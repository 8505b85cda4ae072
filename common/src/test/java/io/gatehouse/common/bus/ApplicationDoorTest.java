package io.gatehouse.common.bus;

import static io.gatehouse.common.bus.Loop.await;
import static io.gatehouse.common.bus.Loop.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.crypto.Hmac;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application in another process, and others there that would like to be it. */
@Timeout(60)
class ApplicationDoorTest {
    private static final Secret SECRET = Secret.of("orders-secret-0123456789abcdef0123456789");
    private static final JsonObject NOTHING = new JsonObject();

    @RegisterExtension
    final IncidentLog incidents = new IncidentLog();

    private final AtomicInteger performed = new AtomicInteger();
    private Vertx here;
    private Vertx there;
    private ApplicationLine line;

    @BeforeEach
    void start() {
        LoopbackCluster cluster = new LoopbackCluster();
        here = cluster.start("gateway");
        there = cluster.start("application");
        Bus.register(here);
        Bus.register(there);
        ApplicationDoor door = new ApplicationDoor(
                List.of(new ApplicationAccess("orders", SECRET, "main", Set.of("verify", "issue"))), Clock.systemUTC());
        Loop gateway = Loop.start(here, new BusNode("gateway"), 0);
        await(gateway.run(() -> gateway.bus()
                .open(
                        door,
                        Map.of(
                                "verify", (caller, asked) -> done(asked.copy().put("tenant", caller.tenant())),
                                "keys", (caller, asked) -> done(new JsonObject().put("keys", "all")),
                                "issue",
                                        (caller, asked) -> Future.failedFuture(
                                                OAuthError.failure(Code.INVALID_GRANT, "the code is spent")),
                                "users", (caller, asked) -> done(NOTHING)))));
        line = new ApplicationLine(there, "orders", SECRET, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        await(Future.join(here.close(), there.close()));
    }

    private Future<JsonObject> done(JsonObject answer) {
        performed.incrementAndGet();
        return Future.succeededFuture(answer);
    }

    private static Code refusal(Future<JsonObject> answer) {
        OAuthFailure refused = (OAuthFailure) failure(answer);
        return ((OAuthError.Protocol) refused.error()).code();
    }

    @Test
    void anOperationIsAnsweredInTheNameOfTheTenant() {
        JsonObject answer = await(line.ask("verify", new JsonObject().put("token", "t")));
        assertThat(answer).isEqualTo(new JsonObject().put("token", "t").put("tenant", "main"));
        assertThat(await(line.ask("keys", NOTHING)).getString("keys")).isEqualTo("all");
    }

    @Test
    void anErrorArrivesAsItWas() {
        assertThat(refusal(line.ask("issue", NOTHING))).isEqualTo(Code.INVALID_GRANT);
    }

    @Test
    void whatIsNotGrantedIsRefused() {
        assertThat(refusal(line.ask("users", NOTHING))).isEqualTo(Code.ACCESS_DENIED);
        assertThat(refusal(line.ask("no such operation", NOTHING))).isEqualTo(Code.ACCESS_DENIED);
        assertThat(performed).hasValue(0);
    }

    /** Nobody can prove to one who is not known that a gateway refused it: any member could say so. */
    @Test
    void anotherSecretOrNameIsNobody() {
        Secret other = Secret.of("orders-secret-0123456789abcdef0123456780");
        assertUnproved(new ApplicationLine(there, "orders", other, Clock.systemUTC()));
        assertUnproved(new ApplicationLine(there, "stock", SECRET, Clock.systemUTC()));
        assertThat(performed).hasValue(0);
    }

    private static void assertUnproved(ApplicationLine line) {
        OAuthFailure failed = (OAuthFailure) failure(line.ask("verify", NOTHING));
        assertThat(failed.error()).isEqualTo(new OAuthError.Unavailable("gateway"));
    }

    @Test
    void whatComesTooLateIsRefused() {
        for (Duration off : List.of(Duration.ofSeconds(-30), Duration.ofSeconds(30))) {
            Clock clock = Clock.offset(Clock.systemUTC(), off);
            assertUnproved(new ApplicationLine(there, "orders", SECRET, clock));
        }
        assertThat(performed).hasValue(0);
    }

    @Test
    void aRefusalThatIsNotProvedIsNone() {
        Vertx rogue = new LoopbackCluster().start("rogue");
        try {
            rogue.eventBus().consumer(ApplicationDoor.ADDRESS, message -> message.fail(1, "{}"));
            assertUnproved(new ApplicationLine(rogue, "orders", SECRET, Clock.systemUTC()));
        } finally {
            await(rogue.close());
        }
    }

    @Test
    void whatComesTwiceIsRefused() {
        ApplicationEnvelope envelope = new ApplicationEnvelope("orders", SECRET);
        String id = Entropy.bytes(16).base64Url();
        JsonObject question = envelope.seal(new ApplicationCall(id, System.currentTimeMillis(), "verify", NOTHING));
        await(there.eventBus().request(ApplicationDoor.ADDRESS, question));

        assertThat(failure(there.eventBus().request(ApplicationDoor.ADDRESS, question)))
                .isNotNull();
        assertThat(performed).hasValue(1);
    }

    /** Another member of the cluster registers as a consumer of the address: it sees a box, and its answer is none. */
    @Test
    void aRogueConsumerReadsNothingAndAnswersNothing() {
        AtomicReference<JsonObject> seen = new AtomicReference<>();
        Vertx rogue = new LoopbackCluster().start("rogue");
        try {
            rogue.eventBus().consumer(ApplicationDoor.ADDRESS, (Message<JsonObject> message) -> {
                seen.set(message.body());
                message.reply(
                        new JsonObject().put("sealed", "AAAA").put("result", new JsonObject().put("active", true)));
            });
            ApplicationLine misled = new ApplicationLine(rogue, "orders", SECRET, Clock.systemUTC());
            OAuthFailure refused =
                    (OAuthFailure) failure(misled.ask("verify", new JsonObject().put("token", "very secret")));

            assertThat(refused.error()).isInstanceOf(OAuthError.Unavailable.class);
            assertThat(seen.get().encode()).doesNotContain("very secret", "verify");
        } finally {
            await(rogue.close());
        }
    }

    /** As the documentation describes it, for applications without this jar. */
    @Test
    void aPlainQuestionIsProvedByItsMac() {
        JsonObject question = plain("verify", new JsonObject().put("token", "t"));
        JsonObject answer = (JsonObject) await(there.eventBus().request(ApplicationDoor.ADDRESS, question))
                .body();

        JsonObject result = answer.getJsonObject("result");
        assertThat(result.getJsonObject("result").getString("token")).isEqualTo("t");
        assertThat(answer.getString("mac"))
                .isEqualTo(mac("gatehouse application reply v1\norders\n" + question.getString("id") + "\n"
                        + result.encode()));

        JsonObject forged = plain("verify", new JsonObject().put("token", "t"));
        forged.getJsonObject("parameters").put("token", "another");
        assertThat(failure(there.eventBus().request(ApplicationDoor.ADDRESS, forged)))
                .isNotNull();
    }

    private static JsonObject plain(String operation, JsonObject parameters) {
        String id = Entropy.bytes(16).base64Url();
        long time = System.currentTimeMillis();
        return new JsonObject()
                .put("application", "orders")
                .put("id", id)
                .put("time", time)
                .put("operation", operation)
                .put("parameters", parameters)
                .put(
                        "mac",
                        mac("gatehouse application request v1\norders\n" + id + "\n" + time + "\n" + operation + "\n"
                                + parameters.encode()));
    }

    private static String mac(String text) {
        return new Hmac(SECRET.value()).of(Bytes.utf8(text)).base64Url();
    }

    @Test
    void whatIsNoQuestionIsRefused() {
        for (Object body : List.of("text", 1, new JsonObject(), new JsonObject().put("application", 1))) {
            assertThat(failure(there.eventBus().request(ApplicationDoor.ADDRESS, body)))
                    .isNotNull();
        }
        assertThat(performed).hasValue(0);
    }
}
