package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.bus.BusNode;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.SigningKeys;
import io.gatehouse.common.message.SigningKeys.Entry;
import io.gatehouse.common.message.SigningKeys.Listing;
import io.gatehouse.common.message.SigningKeys.Retire;
import io.gatehouse.common.message.SigningKeys.Rotate;
import io.gatehouse.common.message.SigningKeys.Show;
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
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several rings on one store, under a clock that is moved by hand. */
class KeyRotationTest {
    private static final Duration ROTATE_EVERY = Duration.ofDays(90);
    private static final Duration LEAD = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** The longest life of a token, for how long a ring may sign with what it knows, and the skew of clocks. */
    private static final Duration LAST_TOKEN = Duration.ofMinutes(60 + 1 + 1);

    private final Vertx vertx = Vertx.vertx();
    private final BusNode node = new BusNode("test");
    private final StoreStandIn store = new StoreStandIn("main", "acme");
    private final KeySealer sealer = new KeySealer(new MasterKeys(Bytes.of(new byte[32]), List.of()));
    private final WorkerLane workers = new WorkerLane(vertx);
    private final KeySchedule schedule = new KeySchedule(ROTATE_EVERY, LEAD, PATIENCE);
    private volatile Instant now = TokenNode.NOW;

    private final class Hands extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("nobody asks for another zone");
        }
    }

    /** What one event loop of a token node has. */
    private record Loop(KeyRing ring, KeyRotation rotation, KeyOrders orders) {}

    private Loop loop(int number) {
        Clock clock = new Hands();
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

    @Test
    void aKey_isFollowedWhenItsTimeIsOver_andNotBefore() {
        Loop loop = loop(1);
        String first = signing(loop);
        forward(ROTATE_EVERY.minusMillis(1));
        advance(loop);
        assertThat(states()).containsExactly(State.ACTIVE);
        forward(Duration.ofMillis(1));
        advance(loop);
        assertThat(states()).containsExactly(State.ACTIVE, State.NEXT);
        assertThat(signing(loop)).isEqualTo(first);
        assertThat(published(loop)).hasSize(2).startsWith(first);
    }

    @Test
    void aNewKey_signsOnceTheLeadIsOver_andTheOldOneStaysUntilItsLastTokenIsOut() {
        Loop loop = loop(1);
        String first = signing(loop);
        forward(ROTATE_EVERY);
        advance(loop);
        String second = published(loop).getLast();
        forward(LEAD.minusMillis(1));
        advance(loop);
        assertThat(signing(loop)).isEqualTo(first);
        forward(Duration.ofMillis(1));
        advance(loop);
        assertThat(signing(loop)).isEqualTo(second);
        assertThat(published(loop)).containsExactly(first, second);
        assertThat(store.standings)
                .singleElement()
                .satisfies(asked -> assertThat(asked.version()).isEqualTo(2));
        forward(LAST_TOKEN.minusMillis(1));
        advance(loop);
        assertThat(published(loop)).containsExactly(first, second);
        forward(Duration.ofMillis(1));
        advance(loop);
        assertThat(published(loop)).containsExactly(second);
        assertThat(states()).containsExactly(State.ACTIVE);
    }

    @Test
    void theNextRotation_isCountedFromWhenAKeyBeganToSign() {
        Loop loop = loop(1);
        signing(loop);
        rotateBySchedule(loop);
        forward(ROTATE_EVERY.minus(LAST_TOKEN).minusMillis(1));
        advance(loop);
        assertThat(states()).containsExactly(State.ACTIVE);
        forward(Duration.ofMillis(1));
        advance(loop);
        assertThat(states()).containsExactly(State.ACTIVE, State.NEXT);
    }

    @Test
    void aVerifierThatDoesNotKnowIt_isWaitedForButNotForEver() {
        Loop loop = loop(1);
        String first = signing(loop);
        forward(ROTATE_EVERY);
        advance(loop);
        store.behind = 1;
        forward(LEAD.plus(PATIENCE).minusMillis(1));
        advance(loop);
        assertThat(signing(loop)).isEqualTo(first);
        forward(Duration.ofMillis(1));
        advance(loop);
        assertThat(signing(loop)).isNotEqualTo(first);
    }

    @Test
    void aNewKey_signsAsSoonAsTheLastVerifierKnowsIt() {
        Loop loop = loop(1);
        String first = signing(loop);
        forward(ROTATE_EVERY);
        advance(loop);
        store.behind = 2;
        forward(LEAD.plusSeconds(1));
        advance(loop);
        assertThat(signing(loop)).isEqualTo(first);
        store.behind = 0;
        advance(loop);
        assertThat(signing(loop)).isNotEqualTo(first);
    }

    @Test
    void manyRingsThatFindTheSameDue_rotateOnce() {
        List<Loop> loops = List.of(loop(1), loop(2), loop(3), loop(4), loop(5));
        String first = signing(loops.getFirst());
        forward(ROTATE_EVERY);
        advanceAll(loops);
        assertThat(states()).containsExactly(State.ACTIVE, State.NEXT);
        forward(LEAD);
        advanceAll(loops);
        assertThat(states()).containsExactly(State.RETIRED, State.ACTIVE);
        forward(LAST_TOKEN);
        advanceAll(loops);
        assertThat(states()).containsExactly(State.ACTIVE);
        assertThat(stored().version()).isEqualTo(4);
        loops.forEach(loop -> assertThat(signing(loop)).isNotEqualTo(first));
    }

    @Test
    void tenantsAndAlgorithms_rotateForThemselves() {
        Loop loop = loop(1);
        String es256 = signing(loop);
        forward(Duration.ofDays(30));
        String eddsa =
                on(() -> loop.ring.signingKey("main", SigningAlgorithm.EDDSA)).kid();
        on(() -> loop.ring.signingKey("acme", SigningAlgorithm.ES256));
        forward(Duration.ofDays(60));
        advance(loop);
        assertThat(states()).containsExactly(State.ACTIVE, State.ACTIVE, State.NEXT);
        assertThat(Objects.requireNonNull(store.keys.get("acme")).keys()).hasSize(1);
        forward(LEAD);
        advance(loop);
        assertThat(signing(loop)).isNotEqualTo(es256);
        assertThat(on(() -> loop.ring.signingKey("main", SigningAlgorithm.EDDSA))
                        .kid())
                .isEqualTo(eddsa);
    }

    /** An event may get lost: what was read long ago is not signed with. */
    @Test
    void aRingThatHeardNothing_readsAgainBeforeItSigns() {
        Loop deaf = loop(1);
        Loop other = loop(2);
        String first = signing(deaf);
        order(other, new Rotate("main", null, true));
        forward(KeySchedule.SIGNS_WITHIN.minusMillis(1));
        assertThat(signing(deaf)).isEqualTo(first);
        forward(Duration.ofMillis(1));
        assertThat(signing(deaf)).isEqualTo(signing(other)).isNotEqualTo(first);
    }

    @Test
    void whatIsPublished_saysForHowLongACopyIsFresh() {
        Loop loop = loop(1);
        assertThat(on(() -> loop.ring.published("main")).freshSeconds()).isEqualTo(300);
        assertThat(new KeySchedule(ROTATE_EVERY, Duration.ofSeconds(90), PATIENCE).freshSeconds())
                .isEqualTo(45);
        assertThat(new KeySchedule(ROTATE_EVERY, Duration.ZERO, PATIENCE).freshSeconds())
                .isEqualTo(1);
    }

    @Test
    void rotate_beginsARotationOnce() {
        Loop loop = loop(1);
        String first = signing(loop);
        Listing begun = order(loop, new Rotate("main", null, false));
        assertThat(begun.keys()).extracting(Entry::state).containsExactly(State.ACTIVE, State.NEXT);
        assertThat(begun.keys().getLast().until()).isEqualTo(now.plus(LEAD));
        assertThat(order(loop, new Rotate("main", SigningAlgorithm.ES256, false)))
                .isEqualTo(begun);
        assertThat(signing(loop)).isEqualTo(first);
        forward(LEAD);
        advance(loop);
        assertThat(signing(loop)).isEqualTo(begun.keys().getLast().kid());
        assertThat(store.deniedKeys).isEmpty();
    }

    @Test
    void rotate_askedOfManyAtOnce_isOneRotation() {
        List<Loop> loops = List.of(loop(1), loop(2), loop(3), loop(4));
        signing(loops.getFirst());
        orderAll(loops, new Rotate("main", null, false));
        assertThat(states()).containsExactly(State.ACTIVE, State.NEXT);
    }

    @Test
    void rotate_namesTheAlgorithm_orAllThatSign() {
        Loop loop = loop(1);
        signing(loop);
        on(() -> loop.ring.signingKey("main", SigningAlgorithm.EDDSA));
        order(loop, new Rotate("main", SigningAlgorithm.EDDSA, false));
        assertThat(stored().keys())
                .filteredOn(key -> key.state() == State.NEXT)
                .extracting(SealedKey::algorithm)
                .containsExactly(SigningAlgorithm.EDDSA);
        order(loop, new Rotate("main", null, false));
        assertThat(stored().keys()).filteredOn(key -> key.state() == State.NEXT).hasSize(2);
    }

    @Test
    void anEmergency_waitsForNobodyAndDeniesWhatTheOldKeysSigned() {
        Loop loop = loop(1);
        String first = signing(loop);
        String eddsa =
                on(() -> loop.ring.signingKey("main", SigningAlgorithm.EDDSA)).kid();
        order(loop, new Rotate("main", SigningAlgorithm.ES256, false));
        String waiting = published(loop).getLast();
        store.behind = 3;
        Listing done = order(loop, new Rotate("main", SigningAlgorithm.ES256, true));
        assertThat(done.keys()).extracting(Entry::state).containsOnly(State.ACTIVE);
        assertThat(store.deniedKeys).containsExactlyInAnyOrder(first, waiting);
        assertThat(signing(loop)).isNotIn(first, waiting);
        assertThat(published(loop)).hasSize(2).contains(eddsa).doesNotContain(first, waiting);
    }

    @Test
    void anEmergency_askedOfManyAtOnce_isOneRotation() {
        List<Loop> loops = List.of(loop(1), loop(2), loop(3), loop(4));
        String first = signing(loops.getFirst());
        loops.forEach(this::signing);
        store.denialsTogether = loops.size();
        orderAll(loops, new Rotate("main", null, true));
        assertThat(states()).containsExactly(State.ACTIVE);
        assertThat(stored().version()).isEqualTo(2);
        assertThat(store.deniedKeys).containsOnly(first);
    }

    @Test
    void retire_takesAKeyAwayThatDoesNotSign() {
        Loop loop = loop(1);
        String first = signing(loop);
        rotateBySchedule(loop);
        String second = signing(loop);
        order(loop, new Rotate("main", null, false));
        String third = published(loop).getLast();
        assertThat(refusal(loop, new Retire("main", second))).isEqualTo(new OAuthError.Conflict("key"));
        assertThat(refusal(loop, new Retire("main", "none"))).isEqualTo(new OAuthError.NotFound("key"));
        order(loop, new Retire("main", third));
        assertThat(store.deniedKeys).containsExactly(third);
        assertThat(published(loop)).doesNotContain(third);
        assertThat(order(loop, new Show("main")).keys())
                .extracting(Entry::kid)
                .containsExactlyElementsOf(published(loop));
        assertThat(published(loop)).contains(second).doesNotContain(first);
    }

    @Test
    void orders_aboutNoTenant_areRefusedAndWriteNothing() {
        Loop loop = loop(1);
        for (var order : List.of(
                new Show("nobody"), new Rotate("nobody", SigningAlgorithm.ES256, false), new Retire("nobody", "kid"))) {
            assertThat(refusal(loop, order)).isEqualTo(new OAuthError.NotFound("tenant"));
        }
        assertThat(store.keys).isEmpty();
    }

    @Test
    void whileTheStoreIsAway_theKeyThatSignsGoesOn() {
        Loop loop = loop(1);
        String first = signing(loop);
        forward(ROTATE_EVERY);
        store.away = true;
        assertThatThrownBy(() -> advance(loop)).isInstanceOf(OAuthFailure.class);
        store.away = false;
        assertThat(signing(loop)).isEqualTo(first);
        advance(loop);
        assertThat(states()).containsExactly(State.ACTIVE, State.NEXT);
    }

    private void rotateBySchedule(Loop loop) {
        forward(ROTATE_EVERY);
        advance(loop);
        forward(LEAD);
        advance(loop);
        forward(LAST_TOKEN);
        advance(loop);
    }

    private void forward(Duration step) {
        now = now.plus(step);
    }

    private void advance(Loop loop) {
        on(() -> loop.rotation.advance("main"));
    }

    private void advanceAll(List<Loop> loops) {
        List<Future<TenantKeys>> all = new ArrayList<>();
        loops.forEach(loop -> all.add(start(() -> loop.rotation.advance("main"))));
        all.forEach(TokenNode::await);
    }

    private Listing order(Loop loop, SigningKeys<Listing> request) {
        return (Listing) on(() -> loop.orders.answer(request).map(answer -> (Object) answer));
    }

    private void orderAll(List<Loop> loops, Rotate order) {
        List<Future<Object>> all = new ArrayList<>();
        loops.forEach(loop -> all.add(start(() -> loop.orders.answer(order).map(answer -> (Object) answer))));
        all.forEach(TokenNode::await);
    }

    private @Nullable OAuthError refusal(Loop loop, SigningKeys<Listing> request) {
        try {
            throw new AssertionError("answered with " + order(loop, request));
        } catch (OAuthFailure refused) {
            return refused.error();
        }
    }

    private String signing(Loop loop) {
        return on(() -> loop.ring.signingKey("main", SigningAlgorithm.ES256)).kid();
    }

    private List<String> published(Loop loop) {
        return on(() -> loop.ring.published("main")).keys().stream()
                .map(VerificationKey::kid)
                .toList();
    }

    private List<State> states() {
        return stored().keys().stream().map(SealedKey::state).toList();
    }

    private SealedKeySet stored() {
        return Objects.requireNonNull(store.keys.get("main"));
    }

    private <T> T on(Supplier<Future<T>> work) {
        return TokenNode.await(start(work));
    }

    private <T> Future<T> start(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        vertx.getOrCreateContext().runOnContext(here -> work.get().onComplete(done));
        return done.future();
    }
}
