package io.gatehouse.common.bus;

import static io.gatehouse.common.bus.Loop.CHECK;
import static io.gatehouse.common.bus.Loop.await;
import static io.gatehouse.common.bus.Loop.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.message.Keys;
import io.gatehouse.common.message.PartHealth;
import io.gatehouse.common.message.Samples;
import io.gatehouse.common.message.StoreHealth;
import io.gatehouse.common.message.TokenHealth;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class BusTest {
    @RegisterExtension
    final IncidentLog incidents = new IncidentLog();

    private final BusNode node = new BusNode("node-1");
    private Vertx vertx;
    private Loop loop;

    @BeforeEach
    void start(Vertx started) {
        vertx = started;
        Bus.register(vertx);
        loop = Loop.start(vertx, node, 0);
    }

    @Test
    void answersWithTheReplyOfTheRequest() {
        Grants.Rotation.Kept kept = Samples.of(Grants.Rotation.Kept.class);
        await(loop.run(() -> loop.bus().serve(Grants.class, Grants.ADDRESS, request -> Future.succeededFuture(kept))));

        Future<Grants.Rotation> answer = loop.ask(Samples.of(Grants.Rotate.class));

        assertThat(await(answer)).isEqualTo(kept);
    }

    @Test
    @SuppressWarnings("rawtypes")
    void inProcessTheSameInstancesAreHandedOver() {
        PartHealth health = new PartHealth(true, Map.of());
        AtomicReference<StoreHealth> heard = new AtomicReference<>();
        loop.serveHealth(check -> {
            heard.set(check);
            return Future.succeededFuture(health);
        });
        StoreHealth.Check check = new StoreHealth.Check();

        assertThat(await(loop.ask(check))).isSameAs(health);
        assertThat(heard.get()).isSameAs(check);
    }

    @Test
    void aReplyThatComesLaterIsWaitedFor() {
        Promise<PartHealth> later = Promise.promise();
        loop.serveHealth(check -> later.future());
        Future<PartHealth> answer = loop.ask(CHECK);

        later.complete(new PartHealth(false, Map.of()));

        assertThat(await(answer).ready()).isFalse();
    }

    @Test
    void whereNobodyServesThePartIsUnavailable() {
        assertThat(error(loop.ask(CHECK))).isEqualTo(new OAuthError.Unavailable("store"));
        assertThat(error(loop.ask(Samples.of(Keys.Load.class)))).isEqualTo(new OAuthError.Unavailable("store"));
        assertThat(error(loop.ask(new TokenHealth.Check()))).isEqualTo(new OAuthError.Unavailable("token"));
        assertThat(error(loop.ask(Samples.of(Issuer.Issue.class)))).isEqualTo(new OAuthError.Unavailable("token"));
        assertThat(incidents.isEmpty()).isTrue();
    }

    @Test
    void aPartThatDoesNotAnswerIsUnavailable() {
        loop.serveHealth(check -> Promise.promise().future());

        assertThat(error(loop.ask(CHECK))).isEqualTo(new OAuthError.Unavailable("store"));
    }

    @Test
    void aMessageOfAnotherFamilyIsRefused() {
        await(loop.run(() -> loop.bus()
                .serve(Clients.class, StoreHealth.ADDRESS, find -> Future.succeededFuture(new Clients.Found(null)))));

        assertThat(error(loop.ask(CHECK))).isEqualTo(new OAuthError.NotFound("message"));
    }

    /** Addresses are open to the whole cluster. */
    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"tenant\":\"main\"}"})
    void aBodyThatIsNoMessageIsRefused(String json) {
        loop.serveHealth("store");

        for (Object body : new Object[] {new JsonObject(json), "text", null, 7}) {
            ReplyException refusal = (ReplyException) failure(vertx.eventBus().request(StoreHealth.ADDRESS, body));
            assertThat(refusal.failureCode()).isEqualTo(101);
        }
    }

    /** The asker is told at once, and gets no record that its code does not expect. */
    @Test
    void aReplyOfAnotherTypeIsADefect() {
        loop.serveHealth(check -> Future.succeededFuture(new Clients.Found(null)));

        assertThat(error(loop.ask(CHECK))).isInstanceOf(OAuthError.Defect.class);
        assertThat(incidents.only().getThrown()).hasMessageContaining("Clients$Found");
    }

    @Test
    void aReplyThatIsMissingIsADefect() {
        loop.serveHealth(check -> Future.succeededFuture());

        assertThat(error(loop.ask(CHECK))).isInstanceOf(OAuthError.Defect.class);
    }

    /** A part of another build, or somebody who is none of us, that answers in our place. */
    @Test
    void aForeignReplyIsADefect() {
        await(vertx.eventBus()
                .consumer(StoreHealth.ADDRESS, message -> message.reply(new JsonObject().put("ready", true)))
                .completion());

        assertThat(error(loop.ask(CHECK))).isInstanceOf(OAuthError.Defect.class);
    }

    @Test
    void oneCertainNodeCanBeReached() {
        loop.serveHealth("node 1");
        Loop.start(vertx, new BusNode("node-2"), 1).serveHealth("node 2");
        DeliveryOptions options = new DeliveryOptions().setCodecName(RecordMessageCodec.NAME);

        for (int i = 0; i < 20; i++) {
            int wanted = 1 + i % 2;
            PartHealth health = (PartHealth)
                    await(vertx.eventBus().request(StoreHealth.ADDRESS + ".node-" + wanted, CHECK, options))
                            .body();
            assertThat(health.details()).containsEntry("name", "node " + wanted);
        }
    }

    @Test
    void askingOnAVertxWithoutTheCodecFailsAsAnyOtherDefect() {
        Vertx foreign = Vertx.vertx();
        try {
            Bus bus = new Bus(foreign, new BusNode("foreign"), 0);

            assertThat(error(bus.ask(CHECK))).isInstanceOf(OAuthError.Defect.class);
        } finally {
            await(foreign.close());
        }
    }

    private static OAuthError error(Future<?> answer) {
        Throwable failure = failure(answer);
        assertThat(failure).isInstanceOf(OAuthFailure.class);
        return ((OAuthFailure) failure).error();
    }
}
