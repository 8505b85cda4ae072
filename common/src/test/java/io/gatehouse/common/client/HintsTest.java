package io.gatehouse.common.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.bus.ApplicationAccess;
import io.gatehouse.common.bus.ApplicationDoor;
import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.bus.BusNode;
import io.gatehouse.common.codec.RecordCodec;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.Revocations;
import io.gatehouse.common.message.Samples;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.SequencedDenial;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An application hears what anybody may have said, and believes what the gateways answer. */
@Timeout(60)
class HintsTest {
    private static final String SECRET = "orders-secret-0123456789abcdef0123456789";
    private static final Duration STALENESS = Duration.ofMinutes(2);
    private static final SequencedDenial TRUE = new SequencedDenial(1, Samples.of(Denial.class));
    private static final SequencedDenial FORGED = new SequencedDenial(
            2, new Denial("main", Denial.Kind.TOKEN, "forged", 0, "client", Instant.parse("2100-01-01T00:00:00Z")));

    private final Vertx vertx = Vertx.vertx();
    private final List<SequencedDenial> log = new CopyOnWriteArrayList<>();
    private final List<Denial> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger keys = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final List<JsonObject> questions = new CopyOnWriteArrayList<>();
    private volatile Duration age = Duration.ZERO;
    private volatile boolean silent;
    private volatile Future<Void> hold = Future.succeededFuture();
    private Bus bus;
    private Gatehouse gatehouse;

    @BeforeEach
    void connect() {
        Bus.register(vertx);
        bus = new Bus(vertx, new BusNode("gateway"), 0);
        ApplicationDoor door = new ApplicationDoor(
                List.of(new ApplicationAccess("orders", Secret.of(SECRET), "main", Set.of("verify"))),
                Clock.systemUTC());
        bus.open(door, Map.of("keys", (caller, none) -> keys(), "revocations", (caller, page) -> page(page)))
                .await();
        Application application = new Application("orders", Secret.of(SECRET), "audience", STALENESS);
        gatehouse = Gatehouse.connect(vertx, application, Clock.systemUTC(), nanos::get)
                .await();
        gatehouse.onRevoked(told::add);
    }

    private Future<JsonObject> keys() {
        keys.incrementAndGet();
        return Future.succeededFuture(new JsonObject()
                .put("tenant", "main")
                .put("issuer", "https://login.example.org")
                .put("version", 1L)
                .put("keys", new JsonArray()));
    }

    private Future<JsonObject> page(JsonObject asked) {
        reads.incrementAndGet();
        if (silent) {
            return Future.failedFuture(new OAuthError.Unavailable("store").failure());
        }
        questions.add(asked);
        long after = asked.getLong("after");
        List<SequencedDenial> lines =
                log.stream().filter(line -> line.sequence() > after).toList();
        Revocations.Page page = new Revocations.Page("incarnation", log.size(), log.size(), lines);
        JsonObject told = new JsonObject()
                .put("page", RecordCodec.encode(page).base64Url())
                .put("age", age.toMillis());
        return hold.map(told);
    }

    @AfterEach
    void stop() {
        gatehouse.close().await();
        vertx.close().await();
    }

    private static void eventually(java.util.function.BooleanSupplier fact) {
        long start = System.nanoTime();
        while (!fact.getAsBoolean()) {
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(40));
            Thread.onSpinWait();
        }
    }

    @Test
    void whatIsToldIsAskedForAndWhatIsForgedIsNot() {
        log.add(TRUE);

        bus.publish(new Event.Denied("incarnation", List.of(FORGED)));

        eventually(() -> told.contains(TRUE.denial()));
        assertThat(told).doesNotContain(FORGED.denial());
    }

    @Test
    void aHeartbeatThatTellsNothingNewIsNotAskedAbout() {
        int before = reads.get();
        bus.publish(new Event.Heartbeat("incarnation", 0));
        bus.publish(new Event.Heartbeat("incarnation", 5));
        eventually(() -> reads.get() > before);
        assertThat(reads).hasValue(before + 1);
        assertThat(gatehouse.isReady()).isTrue();
    }

    /** Keys are asked for once what was said before them was heard. */
    private void say(Event forged) {
        int before = keys.get();
        bus.publish(forged);
        bus.publish(new Event.KeysChanged("main", before));
        eventually(() -> keys.get() > before);
    }

    private OAuthError refusal() {
        return gatehouse
                .verify("any token")
                .transform(told -> Future.succeededFuture(((OAuthFailure) told.cause()).error()))
                .await();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void itRefusesTokensAtItsBoundThoughHeartbeatsAreForged() {
        silent = true;
        Duration tenth = STALENESS.dividedBy(10);
        for (int i = 0; i < 10; i++) {
            pass(tenth);
            // As the last true one, and one that has it ask in vain.
            say(new Event.Heartbeat("incarnation", 0));
            say(new Event.Heartbeat("incarnation", i));
            assertThat(gatehouse.isReady()).isTrue();
        }
        pass(Duration.ofNanos(1));
        say(new Event.Heartbeat("incarnation", 0));

        assertThat(gatehouse.isReady()).isFalse();
        assertThat(refusal()).isEqualTo(new OAuthError.Unavailable("revocation"));

        silent = false;
        say(new Event.Heartbeat("incarnation", 1));
        eventually(gatehouse::isReady);
    }

    /** Long before it would ask anyway, which is after thirty seconds. */
    @Test
    @Timeout(25)
    void whereHeartbeatsFailToComeItAsksByItself() {
        say(new Event.Heartbeat("incarnation", 0));
        log.add(TRUE);

        pass(STALENESS);

        eventually(() -> told.contains(TRUE.denial()));
    }

    @Test
    void aGatewayMayAnswerByWhatItHeardWhereThatGoesAsFarAsTheHint() {
        log.add(TRUE);
        bus.publish(new Event.Denied("incarnation", List.of(TRUE)));
        eventually(() -> told.contains(TRUE.denial()));
        bus.publish(new Event.Heartbeat("another", 1));
        eventually(() -> questions.size() > 2);

        assertThat(questions)
                .extracting(asked -> asked.getLong("at_least"))
                .as("to begin with, for a line, for another log")
                .containsExactly(null, 1L, Long.MAX_VALUE);
    }

    /** Or who makes up hints could have it told what is old for ever. */
    @Test
    void whatItAsksByItselfIsOfThePresentThoughAHintIsForged() {
        Promise<Void> held = Promise.promise();
        hold = held.future();
        say(new Event.Heartbeat("incarnation", 1));
        eventually(() -> questions.size() == 2);
        say(new Event.Denied("incarnation", List.of(TRUE)));
        pass(STALENESS.multipliedBy(3));
        vertx.timer(1_200, TimeUnit.MILLISECONDS).await();

        held.complete();

        eventually(() -> questions.size() == 3);
        assertThat(questions.getLast().getLong("at_least")).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatAGatewayHeardLongAgoCountsFromThen() {
        age = STALENESS.minusSeconds(1);
        log.add(TRUE);
        pass(STALENESS.minusSeconds(2));
        bus.publish(new Event.Denied("incarnation", List.of(TRUE)));
        eventually(() -> told.contains(TRUE.denial()));
        assertThat(gatehouse.isReady()).isTrue();

        pass(Duration.ofSeconds(2).plusNanos(1));

        assertThat(gatehouse.isReady()).isFalse();
    }

    @Test
    void whoeverShoutsMakesItAskNoMoreThanTenTimesASecond() {
        int before = reads.get() + keys.get();
        long start = System.nanoTime();
        for (int i = 0; i < 5_000; i++) {
            bus.publish(new Event.Heartbeat("another", i));
            bus.publish(new Event.KeysChanged("main", i));
        }
        log.add(TRUE);
        bus.publish(new Event.Denied("incarnation", List.of(TRUE)));
        eventually(() -> told.contains(TRUE.denial()));

        long tenths = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) / 100;
        assertThat(reads.get() + keys.get() - before).isLessThanOrEqualTo((int) (2 * (tenths + 2)));
    }
}
