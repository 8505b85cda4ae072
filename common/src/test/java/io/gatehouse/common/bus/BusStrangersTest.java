package io.gatehouse.common.bus;

import static io.gatehouse.common.bus.Loop.CHECK;
import static io.gatehouse.common.bus.Loop.await;
import static io.gatehouse.common.bus.Loop.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.bus.Refusals.Reason;
import io.gatehouse.common.bus.seal.Announcement;
import io.gatehouse.common.bus.seal.Content;
import io.gatehouse.common.bus.seal.Envelope;
import io.gatehouse.common.bus.seal.Part;
import io.gatehouse.common.bus.seal.Session;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.Keys;
import io.gatehouse.common.message.PartHealth;
import io.gatehouse.common.message.Samples;
import io.gatehouse.common.message.StoreHealth;
import io.gatehouse.common.message.Users;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A gateway, a store, and a third member of their cluster that would like to be one of them. */
@Timeout(60)
class BusStrangersTest {
    private static final DeliveryOptions PATIENT = Bus.options(Duration.ofSeconds(20));
    private static final Event.TenantChanged TRUE = new Event.TenantChanged("true");

    private final LoopbackCluster cluster = new LoopbackCluster();
    private final AtomicInteger performed = new AtomicInteger();
    private final List<Object> seen = new CopyOnWriteArrayList<>();
    private Vertx gatewayVertx;
    private Vertx storeVertx;
    private Vertx strangerVertx;
    private Link gateway;
    private Link store;
    private Link stranger;
    private Loop asking;
    private Loop serving;

    @BeforeEach
    void start() {
        gatewayVertx = cluster.start("gateway-1");
        storeVertx = cluster.start("store-1");
        strangerVertx = cluster.start("stranger-1");
        List.of(gatewayVertx, storeVertx, strangerVertx).forEach(Bus::register);
        gateway = link(gatewayVertx, "gateway-1", Clock.systemUTC(), Part.GATEWAY);
        store = link(storeVertx, "store-1", Clock.systemUTC(), Part.STORE);
        stranger = link(strangerVertx, "stranger-1", Clock.systemUTC());
        asking = Loop.start(gatewayVertx, new BusNode(gateway), 0);
        serving = Loop.start(storeVertx, new BusNode(store), 0);
        serving.serveHealth(check -> {
            performed.incrementAndGet();
            return Future.succeededFuture(new PartHealth(true, Map.of("name", "the store")));
        });
    }

    private Link link(Vertx vertx, String node, Clock clock, Part... parts) {
        return cluster.link(vertx, node, clock, Instant.MAX, parts);
    }

    @AfterEach
    void stop() {
        await(Future.join(gatewayVertx.close(), storeVertx.close(), strangerVertx.close()));
    }

    private static OAuthError error(Future<?> answer) {
        return ((OAuthFailure) failure(answer)).error();
    }

    /** Stands where the store stands, with whatever the stranger makes of what it gets. */
    private void rogue(String address, Consumer<Message<Object>> answer) {
        await(strangerVertx
                .eventBus()
                .consumer(address, message -> {
                    seen.add(message.body());
                    answer.accept(message);
                })
                .completion());
    }

    @Test
    void aNodeAsksOnlyWhatItsPartsMay() {
        await(serving.run(() -> serving.bus().serve(Keys.class, Keys.ADDRESS, request -> {
            performed.incrementAndGet();
            return Future.succeededFuture(Samples.of(Keys.Loaded.class));
        })));

        OAuthError.Protocol refused = (OAuthError.Protocol) error(asking.ask(new Keys.Load("main")));

        assertThat(refused.code()).isEqualTo(Code.ACCESS_DENIED);
        assertThat(performed).hasValue(0);
        assertThat(store.refusals().count(Reason.FORBIDDEN)).isEqualTo(1);
    }

    @Test
    void whatIsNotSealedIsRefused() {
        for (Object body : List.of("text", new JsonObject().put("check", true), 1L)) {
            assertThat(failure(strangerVertx.eventBus().request(StoreHealth.ADDRESS, body)))
                    .isNotNull();
        }
        assertThat(performed).hasValue(0);
        assertThat(store.refusals().count(Reason.UNSEALED)).isEqualTo(3);
    }

    private Envelope question(Content content) {
        Session session = await(gateway.contacts().with("store-1"));
        return session.seal(Envelope.Kind.REQUEST, StoreHealth.ADDRESS + ".store-1", 0, content);
    }

    private Content check(Instant sentAt) {
        return new Content(sentAt.toEpochMilli(), RecordFrame.write(CHECK));
    }

    private Message<Object> send(Envelope envelope) {
        return await(strangerVertx.eventBus().request(StoreHealth.ADDRESS + ".store-1", envelope, PATIENT));
    }

    private Throwable refusal(String address, Envelope envelope) {
        return failure(strangerVertx.eventBus().request(address, envelope, PATIENT));
    }

    @Test
    void whatComesTwiceIsRefused() {
        Envelope question = question(check(Instant.now()));
        assertThat(send(question).body()).isInstanceOf(Envelope.class);

        assertThat(refusal(StoreHealth.ADDRESS + ".store-1", question)).isNotNull();

        assertThat(performed).hasValue(1);
        assertThat(store.refusals().count(Reason.REPEATED)).isEqualTo(1);
    }

    @Test
    void whatComesLateIsRefused() {
        for (Duration off : List.of(Duration.ofSeconds(-30), Duration.ofSeconds(30))) {
            Envelope late = question(check(Instant.now().plus(off)));
            assertThat(refusal(StoreHealth.ADDRESS + ".store-1", late)).isNotNull();
        }
        assertThat(performed).hasValue(0);
        assertThat(store.refusals().count(Reason.LATE)).isEqualTo(2);
    }

    @Test
    void whatIsRedirectedIsRefused() {
        Envelope question = question(check(Instant.now()));

        assertThat(refusal(StoreHealth.ADDRESS, question)).isNotNull();

        assertThat(performed).hasValue(0);
        assertThat(store.refusals().count(Reason.FORGED)).isEqualTo(1);
    }

    @Test
    void nobodySendsInTheNameOfAnother() {
        Session own = await(stranger.contacts().with("store-1"));
        Envelope sealed = own.seal(Envelope.Kind.REQUEST, StoreHealth.ADDRESS + ".store-1", 0, check(Instant.now()));
        for (String name : List.of("gateway-1", "nobody-1")) {
            Envelope claimed = new Envelope(Envelope.Kind.REQUEST, name, sealed.number(), 0, sealed.content());
            assertThat(refusal(StoreHealth.ADDRESS + ".store-1", claimed)).isNotNull();
        }
        assertThat(performed).hasValue(0);
        assertThat(store.refusals().count(Reason.FORGED)).isEqualTo(1);
        assertThat(store.refusals().count(Reason.UNKNOWN)).isEqualTo(1);
    }

    /** Its certificate is good for hellos of any number. */
    @Test
    void aMemberOfManyNamesTakesNoOthersPlace() {
        int met = 0;
        for (int i = 0; i < 80; i++) {
            link(strangerVertx, "name-" + i, Clock.systemUTC());
            met += failure(store.contacts().with("name-" + i)) == null ? 1 : 0;
        }
        assertThat(met).isEqualTo(64);
        assertThat(asking.whoAnswers()).isEqualTo("the store");
    }

    @Test
    void aCertificateThatEndedCountsNoMore() {
        Vertx vertx = cluster.start("old-1");
        try {
            Bus.register(vertx);
            Link old = cluster.link(
                    vertx, "old-1", Clock.systemUTC(), Instant.now().minusSeconds(1), Part.GATEWAY);
            Loop loop = Loop.start(vertx, new BusNode(old), 0);

            assertThat(error(loop.ask(CHECK))).isEqualTo(new OAuthError.Unavailable("store"));
            assertThat(performed).hasValue(0);
        } finally {
            await(vertx.close());
        }
    }

    @Test
    void aRogueConsumerIsNotAsked() {
        rogue(StoreHealth.ADDRESS, message -> message.fail(101, "{}"));
        rogue(StoreHealth.ADDRESS + ".stranger-1", message -> message.fail(101, "{}"));

        for (int i = 0; i < 20; i++) {
            assertThat(asking.whoAnswers()).isEqualTo("the store");
        }
        assertThat(seen).isEmpty();
    }

    /** It gets some of what is for the store: it finds no password in it, and what it answers is no answer. */
    @Test
    void aRogueConsumerReadsNothingAndAnswersNothing() {
        String password = "a password that nobody else may read";
        Users.Authentication.Rejected rejected = Samples.of(Users.Authentication.Rejected.class);
        await(serving.run(
                () -> serving.bus().serve(Users.class, Users.ADDRESS, request -> Future.succeededFuture(rejected))));
        rogue(Users.ADDRESS + ".store-1", this::forge);

        int answered = 0;
        for (int i = 0; i < 12; i++) {
            Future<Users.Authentication> answer = asking.ask(login(password));
            Throwable failure = failure(answer);
            if (failure == null) {
                assertThat(answer.result()).isEqualTo(rejected);
                answered++;
            } else {
                assertThat(error(answer)).isEqualTo(new OAuthError.Unavailable("store"));
            }
        }

        assertThat(answered).isPositive();
        assertThat(seen)
                .hasSizeGreaterThan(2)
                .allSatisfy(body -> assertThat(
                                new String(((Envelope) body).content().toArray(), StandardCharsets.ISO_8859_1))
                        .doesNotContain(password, "Authenticate"));
    }

    private void forge(Message<Object> message) {
        Envelope question = (Envelope) message.body();
        switch (seen.size() % 3) {
            case 0 -> message.fail(Code.ACCESS_DENIED.number(), "{\"description\":\"forged\"}");
            case 1 -> message.reply(question, Answering.REPLY);
            default -> {
                Bytes forged = RecordFrame.write(Samples.of(Users.Authentication.Authenticated.class));
                stranger.contacts()
                        .with("gateway-1")
                        .onSuccess(own -> message.reply(
                                own.seal(
                                        Envelope.Kind.ANSWER,
                                        message.address(),
                                        question.number(),
                                        stranger.content(forged)),
                                Answering.REPLY));
            }
        }
    }

    private static Users.Authenticate login(String password) {
        Users.Authenticate sample = Samples.of(Users.Authenticate.class);
        return new Users.Authenticate(
                sample.tenant(),
                sample.loginName(),
                Secret.of(password),
                sample.clientId(),
                sample.family(),
                sample.scope(),
                sample.remoteAddress());
    }

    private List<Event> hearing(Loop loop, Promise<Void> last) {
        List<Event> heard = new CopyOnWriteArrayList<>();
        await(loop.run(() -> loop.bus().hear(event -> {
            if (event.equals(TRUE)) {
                last.complete();
            } else {
                heard.add(event);
            }
        })));
        return heard;
    }

    @Test
    void forgedEventsAreHeardByNobody() {
        Promise<Void> last = Promise.promise();
        List<Event> heard = hearing(asking, last);
        Event.Heartbeat beat = new Event.Heartbeat("incarnation", 1);
        Content content = new Content(System.currentTimeMillis(), RecordFrame.write(beat));
        Envelope own = new Announcement(LoopbackCluster.identity("stranger-1")).sign(content);
        Envelope forged = new Announcement(LoopbackCluster.identity("store-1")).sign(content);
        publish(new JsonObject().put("incarnation", "incarnation"));
        strangerVertx.eventBus().publish(Event.ADDRESS, own, Answering.REPLY);
        strangerVertx.eventBus().publish(Event.ADDRESS, forged, Answering.REPLY);
        stranger.publish(beat);
        stranger.publish(Samples.of(Event.Denied.class));

        serving.bus().publish(TRUE);

        await(last.future());
        assertThat(heard).isEmpty();
        awaitCount(gateway, Reason.FORBIDDEN, 2);
        awaitCount(gateway, Reason.FORGED, 2);
        awaitCount(gateway, Reason.UNSEALED, 1);
    }

    private void publish(Object body) {
        strangerVertx.eventBus().publish(Event.ADDRESS, body);
    }

    /** The stranger's connection is another one than the store's. */
    private static void awaitCount(Link link, Reason reason, long expected) {
        long start = System.nanoTime();
        while (link.refusals().count(reason) < expected) {
            assertThat(System.nanoTime() - start)
                    .as(reason.name())
                    .isLessThan(Duration.ofSeconds(20).toNanos());
            Thread.onSpinWait();
        }
        assertThat(link.refusals().count(reason)).isEqualTo(expected);
    }

    @Test
    void anEventThatComesTwiceOrLateIsHeardOnce() {
        Promise<Void> last = Promise.promise();
        List<Event> heard = hearing(asking, last);
        List<Envelope> said = new CopyOnWriteArrayList<>();
        await(strangerVertx
                .eventBus()
                .consumer(Event.ADDRESS, message -> said.add((Envelope) message.body()))
                .completion());
        Event.Heartbeat beat = new Event.Heartbeat("incarnation", 1);
        serving.bus().publish(beat);
        while (said.isEmpty()) {
            Thread.onSpinWait();
        }

        strangerVertx.eventBus().publish(Event.ADDRESS, said.get(0), Answering.REPLY);
        awaitCount(gateway, Reason.REPEATED, 1);
        serving.bus().publish(TRUE);

        await(last.future());
        assertThat(heard).containsExactly(beat);
    }
}
