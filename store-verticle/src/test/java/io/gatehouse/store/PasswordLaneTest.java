package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.OAuthError;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class PasswordLaneTest {
    private static final int QUEUE = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Secret RIGHT = Secret.of("right");

    private final AtomicLong nanos = new AtomicLong();
    private final GatedHasher hasher = new GatedHasher();
    private Vertx vertx;
    private PasswordLane lane;

    @BeforeEach
    void openLane(Vertx ofTheTest) {
        vertx = ofTheTest;
        lane = new PasswordLane(vertx, hasher, 1, QUEUE, nanos::get);
    }

    @AfterEach
    void closeLane() {
        hasher.gate.countDown();
        lane.close();
    }

    @Test
    void verify_answers() {
        hasher.gate.countDown();
        assertThat(Await.result(lane.verify(RIGHT, RIGHT, PATIENCE))).isTrue();
        assertThat(Await.result(lane.verify(Secret.of("wrong"), RIGHT, PATIENCE)))
                .isFalse();
        assertThat(Await.result(lane.verify(RIGHT, null, PATIENCE))).isFalse();
        assertThat(Await.result(lane.hash(RIGHT, PATIENCE))).isEqualTo(RIGHT);
    }

    @Test
    void verify_turnsAwayWhatFindsTheQueueFull() {
        List<Future<Boolean>> taken = fill();
        Future<Boolean> surplus = lane.verify(RIGHT, RIGHT, PATIENCE);
        assertThat(surplus.isComplete()).as("at once").isTrue();
        assertThat(Await.error(surplus)).isEqualTo(new OAuthError.Throttled(Duration.ofSeconds(1)));
        assertThat(lane.waiting()).isEqualTo(QUEUE);
        hasher.gate.countDown();
        assertThat(Await.results(taken)).containsOnly(true);
        assertThat(hasher.hashed).hasValue(QUEUE + 1);
    }

    @Test
    void verify_dropsWhatWaitedTooLong() {
        List<Future<Boolean>> taken = fill();
        nanos.addAndGet(PATIENCE.toNanos() + 1);
        hasher.gate.countDown();
        assertThat(Await.result(taken.removeFirst()))
                .as("was being hashed already")
                .isTrue();
        for (Future<Boolean> waited : taken) {
            assertThat(Await.error(waited)).isInstanceOf(OAuthError.Throttled.class);
        }
        assertThat(hasher.hashed).hasValue(1);
    }

    @Test
    void verify_hashesNoEndlessPassword() {
        hasher.gate.countDown();
        Secret longest = Secret.of("x".repeat(1024));
        Secret longer = Secret.of("x".repeat(1025));
        assertThat(Await.result(lane.verify(longest, longest, PATIENCE))).isTrue();
        assertThat(Await.result(lane.verify(longer, longer, PATIENCE))).isFalse();
        assertThat(hasher.hashed).hasValue(1);
    }

    @Test
    void verify_answersOnTheAskersContext() {
        hasher.gate.countDown();
        Promise<Boolean> sameContext = Promise.promise();
        Context asker = vertx.getOrCreateContext();
        asker.runOnContext(start -> lane.verify(RIGHT, RIGHT, PATIENCE)
                .onComplete(done ->
                        sameContext.complete(Vertx.currentContext() == asker && Context.isOnEventLoopThread())));
        assertThat(Await.result(sameContext.future())).isTrue();
    }

    private List<Future<Boolean>> fill() {
        List<Future<Boolean>> taken = new ArrayList<>();
        taken.add(lane.verify(RIGHT, RIGHT, PATIENCE));
        hasher.awaitEntered();
        for (int i = 0; i < QUEUE; i++) {
            taken.add(lane.verify(RIGHT, RIGHT, PATIENCE));
        }
        return taken;
    }

    /** Takes as long as the test wants. */
    private static final class GatedHasher implements PasswordHasher {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch gate = new CountDownLatch(1);
        final AtomicInteger hashed = new AtomicInteger();

        void awaitEntered() {
            pass(entered);
        }

        @Override
        public Secret hash(Secret password) {
            return password;
        }

        @Override
        public boolean matches(Secret password, Secret hash) {
            entered.countDown();
            pass(gate);
            hashed.incrementAndGet();
            return password.equals(hash);
        }

        private static void pass(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
