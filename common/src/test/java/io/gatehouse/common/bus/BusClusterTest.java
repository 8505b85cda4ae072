package io.gatehouse.common.bus;

import static io.gatehouse.common.bus.Loop.CHECK;
import static io.gatehouse.common.bus.Loop.await;
import static io.gatehouse.common.bus.Loop.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.PartHealth;
import io.gatehouse.common.message.Samples;
import io.gatehouse.common.message.StoreHealth;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageCodec;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes that talk to each other through sockets. */
@Timeout(60)
class BusClusterTest {
    @RegisterExtension
    final IncidentLog incidents = new IncidentLog();

    private final BusNode nodeA = new BusNode("a");
    private final BusNode nodeB = new BusNode("b");
    private Vertx vertxA;
    private Vertx vertxB;
    private Loop here;
    private Loop there;

    @BeforeEach
    void start() {
        LoopbackCluster cluster = new LoopbackCluster();
        vertxA = cluster.start("vertx-a");
        vertxB = cluster.start("vertx-b");
        Bus.register(vertxA);
        Bus.register(vertxB);
        here = Loop.start(vertxA, nodeA, 0);
        there = Loop.start(vertxB, nodeB, 0);
    }

    @AfterEach
    void stop() {
        await(Future.join(vertxA.close(), vertxB.close()));
    }

    @Test
    void requestsAndRepliesCrossTheWire() {
        Grants.Rotate rotate = Samples.of(Grants.Rotate.class);
        Grants.Rotation.Refused refused = Samples.of(Grants.Rotation.Refused.class);
        AtomicReference<Object> heard = new AtomicReference<>();
        await(there.run(() -> there.bus().serve(Grants.class, Grants.ADDRESS, request -> {
            heard.set(request);
            return Future.succeededFuture(refused);
        })));

        assertThat(await(here.ask(rotate))).isEqualTo(refused).isNotSameAs(refused);
        assertThat(heard.get()).isEqualTo(rotate).isNotSameAs(rotate);
    }

    @Test
    void errorsCrossTheWire() {
        OAuthFailure failed = OAuthError.failure(Code.INVALID_SCOPE, "there is no such scope");
        there.serveHealth(check -> Future.failedFuture(failed));

        assertThat(error(here.ask(CHECK))).isEqualTo(failed.error());
    }

    @Test
    void theOwnProcessIsPreferred() {
        there.serveHealth("there");
        Loop.start(vertxA, nodeA, 1).serveHealth("here, on another loop");

        for (int i = 0; i < 50; i++) {
            assertThat(here.whoAnswers()).isEqualTo("here, on another loop");
        }
    }

    @Test
    void theClusterIsAskedOnceTheOwnProcessClosed() {
        there.serveHealth("there");
        here.serveHealth("here");
        assertThat(here.whoAnswers()).isEqualTo("here");

        here.closeBus();

        assertThat(here.whoAnswers()).isEqualTo("there");
    }

    @Test
    void theClusterIsAskedWhereTheOwnConsumersAreGone() {
        there.serveHealth("there");
        here.serveHealth("here");

        here.undeploy();

        assertThat(await(here.bus().ask(CHECK)).details()).containsEntry("name", "there");
    }

    @Test
    void oneCertainNodeCanBeReachedFromAnother() {
        here.serveHealth("here");
        there.serveHealth("there");
        DeliveryOptions options = new DeliveryOptions().setCodecName(RecordMessageCodec.NAME);

        PartHealth health = (PartHealth) await(vertxA.eventBus().request(StoreHealth.ADDRESS + ".b", CHECK, options))
                .body();

        assertThat(health.details()).containsEntry("name", "there");
    }

    /** A node that hangs: what changes nothing is asked once more, what changes something never. */
    @Test
    void aReadThatNobodyAnsweredIsAskedOnceMore() {
        AtomicInteger heard = new AtomicInteger();
        there.serveHealth(check -> heard.incrementAndGet() == 1
                ? Promise.<PartHealth>promise().future()
                : Future.succeededFuture(new PartHealth(true, Map.of("name", "there"))));

        assertThat(here.whoAnswers()).isEqualTo("there");
        assertThat(heard).hasValue(2);
    }

    @Test
    void eventsAreHeardOnEveryNode() {
        Promise<Event> own = Promise.promise();
        Promise<Event> other = Promise.promise();
        await(here.run(() -> here.bus().hear(own::complete)));
        await(there.run(() -> there.bus().hear(other::complete)));
        Event.Denied denied = Samples.of(Event.Denied.class);

        here.bus().publish(denied);

        assertThat(await(own.future())).isSameAs(denied);
        assertThat(await(other.future())).isEqualTo(denied).isNotSameAs(denied);
    }

    /** Vert.x itself would never complete this ask: it forgets the asker before it reads the body. */
    @Test
    void aReplyThatThisBuildCannotReadIsADefectAtOnce() {
        garble(vertxB);
        there.serveHealth("there");

        assertThat(error(here.ask(CHECK))).isInstanceOf(OAuthError.Defect.class);
        assertThat(incidents.only().getThrown()).hasMessageContaining("a name that this build does not know");
    }

    @Test
    void aRequestThatThisBuildCannotReadIsRefusedAtOnce() {
        garble(vertxA);
        there.serveHealth("there");

        assertThat(error(here.ask(CHECK))).isEqualTo(new OAuthError.NotFound("message"));
    }

    @Test
    void anEventThatThisBuildCannotReadIsPassedOver() {
        Promise<Event> heard = Promise.promise();
        await(here.run(() -> here.bus().hear(heard::complete)));
        garble(vertxB);
        there.bus().publish(new Event.TenantChanged("main"));
        vertxB.eventBus().unregisterCodec(RecordMessageCodec.NAME);
        Bus.register(vertxB);

        there.bus().publish(new Event.TenantChanged("other"));

        assertThat(await(heard.future())).isEqualTo(new Event.TenantChanged("other"));
    }

    private static OAuthError error(Future<?> answer) {
        return ((OAuthFailure) failure(answer)).error();
    }

    /** From now on {@code vertx} sends messages of a newer build. */
    private static void garble(Vertx vertx) {
        vertx.eventBus().unregisterCodec(RecordMessageCodec.NAME).registerCodec(new Newer());
    }

    private static final class Newer implements MessageCodec<Object, Object> {
        @Override
        public void encodeToWire(Buffer buffer, Object ignored) {
            buffer.appendByte((byte) 1).appendByte((byte) 3).appendString("New");
            buffer.appendUnsignedShort(0).appendInt(1).appendByte((byte) 0);
        }

        @Override
        public Object decodeFromWire(int position, Buffer buffer) {
            return new RecordMessageCodec().decodeFromWire(position, buffer);
        }

        @Override
        public Object transform(Object body) {
            return body;
        }

        @Override
        public String name() {
            return RecordMessageCodec.NAME;
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }
}
