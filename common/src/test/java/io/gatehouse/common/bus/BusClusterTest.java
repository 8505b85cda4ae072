package io.gatehouse.common.bus;

import static io.gatehouse.common.bus.Loop.CHECK;
import static io.gatehouse.common.bus.Loop.await;
import static io.gatehouse.common.bus.Loop.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.bus.seal.Announcement;
import io.gatehouse.common.bus.seal.Envelope;
import io.gatehouse.common.bus.seal.Part;
import io.gatehouse.common.bus.seal.Session;
import io.gatehouse.common.crypto.Bytes;
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
import java.time.Duration;
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
    /** A message of a newer build. */
    private static final Bytes NEWER = Bytes.owned(new byte[] {1, 3, 'N', 'e', 'w', 0, 0, 0, 0, 0, 1, 0});

    @RegisterExtension
    final IncidentLog incidents = new IncidentLog();

    private BusNode nodeA;
    private BusNode nodeB;
    private Vertx vertxA;
    private Vertx vertxB;
    private Loop here;
    private Loop there;

    @BeforeEach
    void start() {
        LoopbackCluster cluster = new LoopbackCluster();
        vertxA = cluster.start("a");
        vertxB = cluster.start("b");
        Bus.register(vertxA);
        Bus.register(vertxB);
        nodeA = cluster.join(vertxA, "a", Part.GATEWAY, Part.STORE);
        nodeB = cluster.join(vertxB, "b", Part.STORE);
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

    @Test
    void aReplyThatThisBuildCannotReadIsADefectAtOnce() {
        Link link = nodeB.link();
        await(vertxB.eventBus()
                .consumer(StoreHealth.ADDRESS, message -> message.fail(1, "asked in the name of all"))
                .completion());
        await(vertxB.eventBus()
                .consumer(
                        StoreHealth.ADDRESS + ".b",
                        message -> link.contacts()
                                .with("a")
                                .onSuccess(session -> message.reply(
                                        session.seal(
                                                Envelope.Kind.ANSWER,
                                                message.address(),
                                                ((Envelope) message.body()).number(),
                                                link.content(NEWER)),
                                        Answering.REPLY)))
                .completion());

        assertThat(error(here.ask(CHECK))).isInstanceOf(OAuthError.Defect.class);
        assertThat(incidents.only().getThrown()).hasMessageContaining("a name that this build does not know");
    }

    @Test
    void aRequestThatThisBuildCannotReadIsRefusedAtOnce() {
        there.serveHealth("there");
        Session session = await(nodeA.link().contacts().with("b"));
        String address = StoreHealth.ADDRESS + ".b";
        Envelope question =
                session.seal(Envelope.Kind.REQUEST, address, 0, nodeA.link().content(NEWER));

        Envelope answer =
                (Envelope) await(vertxA.eventBus().request(address, question, Bus.options(Duration.ofSeconds(20))))
                        .body();

        assertThat(answer.kind()).isEqualTo(Envelope.Kind.FAILURE);
        assertThat(session.openAnswer(answer, question, address).body().utf8()).contains("message");
    }

    @Test
    void anEventThatThisBuildCannotReadIsPassedOver() {
        Promise<Event> heard = Promise.promise();
        await(here.run(() -> here.bus().hear(heard::complete)));
        Announcement newer = new Announcement(LoopbackCluster.identity("b"));
        vertxB.eventBus().publish(Event.ADDRESS, newer.sign(nodeB.link().content(NEWER)), Answering.REPLY);

        there.bus().publish(new Event.TenantChanged("other"));

        assertThat(await(heard.future())).isEqualTo(new Event.TenantChanged("other"));
    }

    @Test
    void aRecordNeverLeavesTheProcessUnsealed() {
        assertThat(failure(vertxA.eventBus().request(StoreHealth.ADDRESS, CHECK, Answering.REPLY)))
                .isNotNull();
        assertThatThrownBy(() -> new RecordMessageCodec().encodeToWire(Buffer.buffer(), CHECK))
                .isInstanceOf(IllegalStateException.class);
    }

    private static OAuthError error(Future<?> answer) {
        return ((OAuthFailure) failure(answer)).error();
    }
}
