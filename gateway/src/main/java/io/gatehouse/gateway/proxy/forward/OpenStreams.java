package io.gatehouse.gateway.proxy.forward;

import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is on its way through one event loop. Each is looked at often enough that it ends soon after what let it pass. */
final class OpenStreams {
    /** One of them. */
    interface Open {
        /** @param now by {@link System#nanoTime} */
        void look(long now);

        /** The process is about to end: what has no end of its own is ended. */
        void leave();
    }

    private static final long LOOK_MILLIS = 200;

    private final Set<Open> open = new HashSet<>();
    private boolean leaving;

    void watch(Vertx vertx) {
        vertx.setPeriodic(LOOK_MILLIS, tick -> look());
    }

    void add(Open one) {
        open.add(one);
    }

    void remove(Open one) {
        open.remove(one);
    }

    void leave() {
        leaving = true;
        List.copyOf(open).forEach(Open::leave);
    }

    private void look() {
        long now = System.nanoTime();
        for (Open one : List.copyOf(open)) {
            one.look(now);
            if (leaving) {
                // It was about to begin.
                one.leave();
            }
        }
    }
}
