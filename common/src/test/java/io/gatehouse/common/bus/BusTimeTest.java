package io.gatehouse.common.bus;

import static io.gatehouse.common.bus.Loop.CHECK;
import static io.gatehouse.common.bus.Loop.await;
import static io.gatehouse.common.bus.Loop.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.bus.Refusals.Reason;
import io.gatehouse.common.bus.seal.Part;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.PartHealth;
import io.gatehouse.common.message.Samples;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A gateway and a store, whose clocks are turned by hand. */
@Timeout(60)
class BusTimeTest {
    private static final Instant START = Instant.parse("2026-07-01T10:00:00Z");
    private static final Instant CERTIFICATE_ENDS = START.plus(Duration.ofHours(1));
    private static final Event.TenantChanged LAST = new Event.TenantChanged("last");

    private final LoopbackCluster cluster = new LoopbackCluster();
    private final Hands gatewayClock = new Hands();
    private final Hands storeClock = new Hands();
    private final AtomicInteger performed = new AtomicInteger();
    private Vertx gatewayVertx;
    private Vertx storeVertx;
    private Link gateway;
    private Link store;
    private Loop asking;

    private static final class Hands extends Clock {
        private volatile Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    @BeforeEach
    void start() {
        gatewayVertx = cluster.start("gateway-1");
        storeVertx = cluster.start("store-1");
        List.of(gatewayVertx, storeVertx).forEach(Bus::register);
        gateway = cluster.link(gatewayVertx, "gateway-1", gatewayClock, CERTIFICATE_ENDS, Part.GATEWAY);
        store = cluster.link(storeVertx, "store-1", storeClock, CERTIFICATE_ENDS.plusSeconds(60), Part.STORE);
        asking = Loop.start(gatewayVertx, new BusNode(gateway), 0);
        Loop unused = Loop.start(storeVertx, new BusNode(store), 0).serveHealth(check -> {
            performed.incrementAndGet();
            return Future.succeededFuture(new PartHealth(true, Map.of("name", "the store")));
        });
    }

    @AfterEach
    void stop() {
        await(Future.join(gatewayVertx.close(), storeVertx.close()));
    }

    private void setBoth(Instant now) {
        gatewayClock.now = now;
        storeClock.now = now;
    }

    /** It waited where nobody heard it, and who asked has gone on; the clocks show other times anyway. */
    @Test
    void whatNobodyWaitsForAnyMoreIsNotDone() {
        gatewayClock.now = START.plusSeconds(4);
        assertThat(asking.whoAnswers()).isEqualTo("the store");
        gatewayClock.now = START.plusSeconds(4).minus(CHECK.timeout()).minusMillis(1);

        // A check is asked twice.
        assertThat(failure(asking.ask(CHECK))).isNotNull();

        assertThat(store.refusals().count(Reason.LATE)).isEqualTo(2);
        gatewayClock.now = START.plusSeconds(4).minus(CHECK.timeout());
        assertThat(asking.whoAnswers()).isEqualTo("the store");
        assertThat(performed).hasValue(2);
    }

    private List<Event> hearing(Promise<Void> last) {
        List<Event> heard = new CopyOnWriteArrayList<>();
        await(asking.run(() -> asking.bus().hear(event -> {
            if (event.equals(LAST)) {
                last.complete();
            } else {
                heard.add(event);
            }
        })));
        return heard;
    }

    /** A denial is better late than never. */
    @Test
    void aHeartbeatThatWasHeldUpCountsForNothing() {
        // Who has not met yet may hear the first of them after the second.
        assertThat(asking.whoAnswers()).isEqualTo("the store");
        Promise<Void> last = Promise.promise();
        List<Event> heard = hearing(last);
        Event.Heartbeat beat = new Event.Heartbeat("incarnation", 1);
        Event.Denied denied = Samples.of(Event.Denied.class);
        store.publish(beat);
        storeClock.now = START.minusSeconds(3);
        store.publish(new Event.Heartbeat("incarnation", 2));
        store.publish(denied);
        store.publish(LAST);

        await(last.future());

        assertThat(heard).containsExactly(beat, denied);
        assertThat(gateway.refusals().count(Reason.LATE)).isEqualTo(1);
    }

    @Test
    void aGatewayWhoseCertificateEndsAsksNoMore() {
        setBoth(CERTIFICATE_ENDS);
        assertThat(asking.whoAnswers()).isEqualTo("the store");
        setBoth(CERTIFICATE_ENDS.plusMillis(1));

        assertThat(failure(asking.ask(CHECK))).isNotNull();

        assertThat(performed).hasValue(1);
        assertThat(store.refusals().count(Reason.UNKNOWN)).isPositive();
    }

    @Test
    void aStoreWhoseCertificateEndsIsNeitherAskedNorHeard() {
        Promise<Void> unheard = Promise.promise();
        assertThat(hearing(unheard)).isEmpty();
        assertThat(asking.whoAnswers()).isEqualTo("the store");
        setBoth(CERTIFICATE_ENDS.plusSeconds(61));

        assertThat(failure(asking.ask(CHECK))).isNotNull();
        store.publish(LAST);

        while (gateway.refusals().count(Reason.UNKNOWN) == 0) {
            Thread.onSpinWait();
        }
        assertThat(unheard.future().isComplete()).isFalse();
        assertThat(performed).hasValue(1);
    }
}
