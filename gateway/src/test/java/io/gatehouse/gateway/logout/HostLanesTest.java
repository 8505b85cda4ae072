package io.gatehouse.gateway.logout;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostLanesTest {
    private final HostLanes lanes = new HostLanes();
    private final List<String> started = new ArrayList<>();
    private final List<Promise<Void>> running = new ArrayList<>();

    private boolean offer(String host) {
        return lanes.offer(host, () -> {
            started.add(host);
            Promise<Void> work = Promise.promise();
            running.add(work);
            return work.future();
        });
    }

    private void offer(String host, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(offer(host)).isTrue();
        }
    }

    private void endFirst() {
        running.removeFirst().complete();
    }

    @Test
    void aHostHasFourAtOnce() {
        offer("a", 6);
        assertThat(started).hasSize(4);
        endFirst();
        assertThat(started).hasSize(5);
        running.removeFirst().fail("of no matter");
        assertThat(started).hasSize(6);
        while (!running.isEmpty()) {
            endFirst();
        }
        assertThat(lanes.held()).isZero();
    }

    @Test
    void allTogetherAreSixteenAtOnce() {
        for (int i = 0; i < 6; i++) {
            offer("host-" + i, 4);
        }
        assertThat(started).hasSize(16);
        endFirst();
        assertThat(started).hasSize(17);
    }

    /** A host that does not answer holds its own four places, no more. */
    @Test
    void anotherHostGoesAhead() {
        offer("slow", 20);
        offer("quick", 2);
        assertThat(started).containsExactly("slow", "slow", "slow", "slow", "quick", "quick");
    }

    @Test
    void hostsTakeTurns() {
        List.of("a", "b", "c", "d").forEach(host -> offer(host, 4));
        offer("a", 2);
        offer("e", 2);
        int before = started.size();
        endFirst();
        endFirst();
        assertThat(started.subList(before, started.size())).containsExactlyInAnyOrder("a", "e");
    }

    @Test
    void whatOneHostMayHoldIsBounded() {
        offer("a", HostLanes.MOST_OF_HOST);
        assertThat(offer("a")).isFalse();
        assertThat(offer("b")).isTrue();
        endFirst();
        assertThat(offer("a")).isTrue();
    }

    @Test
    void whatAllMayHoldIsBounded() {
        for (int i = 0; i < HostLanes.MOST; i++) {
            assertThat(lanes.room()).isEqualTo(HostLanes.MOST - i);
            offer("host-" + i, 1);
        }
        assertThat(lanes.room()).isZero();
        assertThat(offer("one-more")).isFalse();
        endFirst();
        assertThat(offer("one-more")).isTrue();
    }

    @Test
    void drainingEndsWhatRunsAndForgetsWhatWaits() {
        offer("a", 6);
        Future<Void> drained = lanes.drain();
        assertThat(offer("b")).isFalse();
        assertThat(lanes.room()).isZero();
        while (!running.isEmpty()) {
            assertThat(drained.isComplete()).isFalse();
            endFirst();
        }
        assertThat(drained.succeeded()).isTrue();
        assertThat(started).hasSize(4);
        assertThat(new HostLanes().drain().succeeded()).isTrue();
    }
}
