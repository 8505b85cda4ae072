package io.gatehouse.token;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.bus.BusNode;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.SigningKeys;
import io.gatehouse.common.message.SigningKeys.Listing;
import io.gatehouse.common.message.SigningKeys.Rotate;
import io.gatehouse.common.model.SealedKey;
import io.gatehouse.common.model.SealedKey.State;
import io.gatehouse.common.model.SealedKeySet;
import io.gatehouse.common.model.SigningAlgorithm;
import io.gatehouse.common.model.VerificationKey;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Several rings on one store, under a clock that is moved by hand. */
abstract class KeyRotationCase {
    static final Duration ROTATE_EVERY = Duration.ofDays(90);
    static final Duration LEAD = Duration.ofMinutes(10);
    static final Duration PATIENCE = Duration.ofSeconds(60);
    /** The longest life of a token, for how long a ring may sign with what it knows, and the skew of clocks. */
    static final Duration LAST_TOKEN = Duration.ofMinutes(60 + 1 + 1);

    final Vertx vertx = Vertx.vertx();
    final BusNode node = new BusNode("test");
    final StoreStandIn store = new StoreStandIn("main", "acme");
    final KeySealer sealer = new KeySealer(new MasterKeys(Bytes.of(new byte[32]), List.of()));
    final WorkerLane workers = new WorkerLane(vertx);
    final KeySchedule schedule = new KeySchedule(ROTATE_EVERY, LEAD, PATIENCE);
    volatile Instant now = TokenNode.NOW;

    /** What one event loop of a token node has. */
    record Loop(KeyRing ring, KeyRotation rotation, KeyOrders orders) {}

    Loop loop(int number) {
        Clock clock = new Hands(() -> now);
        Bus bus = new Bus(vertx, node, number);
        KeyRing ring = new KeyRing(bus, workers, sealer, clock, SigningAlgorithm.ES256, schedule.freshSeconds());
        KeyRotation rotation = new KeyRotation(bus, ring, sealer, schedule, new AuditLog(), clock);
        return new Loop(ring, rotation, new KeyOrders(bus, ring, rotation, sealer, schedule, new AuditLog(), clock));
    }

    @BeforeEach
    void serve() {
        Bus.register(vertx);
        TokenNode.await(store.serve(new Bus(vertx, node, 0)));
    }

    @AfterEach
    void close() {
        TokenNode.await(vertx.close());
    }

    void rotateBySchedule(Loop loop) {
        forward(ROTATE_EVERY);
        advance(loop);
        forward(LEAD);
        advance(loop);
        forward(LAST_TOKEN);
        advance(loop);
    }

    void forward(Duration step) {
        now = now.plus(step);
    }

    void advance(Loop loop) {
        on(() -> loop.rotation.advance("main"));
    }

    void advanceAll(List<Loop> loops) {
        List<Future<TenantKeys>> all = new ArrayList<>();
        loops.forEach(loop -> all.add(start(() -> loop.rotation.advance("main"))));
        all.forEach(TokenNode::await);
    }

    Listing order(Loop loop, SigningKeys<Listing> request) {
        return (Listing) on(() -> loop.orders.answer(request).map(answer -> (Object) answer));
    }

    void orderAll(List<Loop> loops, Rotate order) {
        List<Future<Object>> all = new ArrayList<>();
        loops.forEach(loop -> all.add(start(() -> loop.orders.answer(order).map(answer -> (Object) answer))));
        all.forEach(TokenNode::await);
    }

    @Nullable
    OAuthError refusal(Loop loop, SigningKeys<Listing> request) {
        try {
            throw new AssertionError("answered with " + order(loop, request));
        } catch (OAuthFailure refused) {
            return refused.error();
        }
    }

    String signing(Loop loop) {
        return on(() -> loop.ring.signingKey("main", SigningAlgorithm.ES256)).kid();
    }

    List<String> published(Loop loop) {
        return on(() -> loop.ring.published("main")).keys().stream()
                .map(VerificationKey::kid)
                .toList();
    }

    List<State> states() {
        return stored().keys().stream().map(SealedKey::state).toList();
    }

    SealedKeySet stored() {
        return Objects.requireNonNull(store.keys.get("main"));
    }

    <T> T on(Supplier<Future<T>> work) {
        return TokenNode.await(start(work));
    }

    <T> Future<T> start(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        vertx.getOrCreateContext().runOnContext(here -> work.get().onComplete(done));
        return done.future();
    }
}
