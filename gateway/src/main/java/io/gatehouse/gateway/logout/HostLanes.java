package io.gatehouse.gateway.logout;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work for hosts, one lane each: a few at once of one host, some more overall, so that a slow host keeps the others waiting
 * as little as may be. Of one event loop.
 */
final class HostLanes {
    static final int AT_ONCE = 16;
    static final int AT_ONCE_OF_HOST = 4;

    /** Ten rounds, at 5 s each: all is done within a lease of a minute. */
    static final int MOST = 10 * AT_ONCE;

    static final int MOST_OF_HOST = 10 * AT_ONCE_OF_HOST;

    private static final class Lane {
        private final String host;
        private final Queue<Supplier<Future<Void>>> waiting = new ArrayDeque<>();
        private int running;

        Lane(String host) {
            this.host = host;
        }

        private int size() {
            return waiting.size() + running;
        }

        private boolean isReady() {
            return running < AT_ONCE_OF_HOST && !waiting.isEmpty();
        }
    }

    /** In the order of their turns. */
    private final SequencedMap<String, Lane> lanes = new LinkedHashMap<>();

    private @Nullable Promise<Void> drained;
    private int held;
    private int running;

    /** How much more it takes. */
    int room() {
        return drained == null ? MOST - held : 0;
    }

    /** What runs or waits. */
    int held() {
        return held;
    }

    /** @return false where it is too much for this host, or overall: the work is not done */
    boolean offer(String host, Supplier<Future<Void>> work) {
        Lane lane = lanes.getOrDefault(host, new Lane(host));
        if (room() == 0 || lane.size() >= MOST_OF_HOST) {
            return false;
        }
        lanes.putIfAbsent(host, lane);
        lane.waiting.add(work);
        held++;
        runReady();
        return true;
    }

    private void runReady() {
        Lane lane = next();
        while (lane != null) {
            run(lane, lane.waiting.remove());
            lane = next();
        }
    }

    private @Nullable Lane next() {
        return running == AT_ONCE
                ? null
                : lanes.values().stream().filter(Lane::isReady).findFirst().orElse(null);
    }

    private void run(Lane lane, Supplier<Future<Void>> work) {
        // The others are before it now.
        lanes.putLast(lane.host, lane);
        lane.running++;
        running++;
        work.get().onComplete(done -> ended(lane));
    }

    private void ended(Lane lane) {
        lane.running--;
        running--;
        held--;
        if (lane.size() == 0) {
            lanes.remove(lane.host);
        }
        runReady();
        completeIfDrained();
    }

    /** Takes no more and forgets what waits; completes when what runs has ended. */
    Future<Void> drain() {
        Promise<Void> ended = Promise.promise();
        drained = ended;
        lanes.values().forEach(lane -> {
            held -= lane.waiting.size();
            lane.waiting.clear();
        });
        completeIfDrained();
        return ended.future();
    }

    private void completeIfDrained() {
        if (drained != null && running == 0) {
            drained.tryComplete();
        }
    }
}
