package io.gatehouse.common.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Asks the gateways again where something may be new. Whoever says so need not be believed: asking is all that comes of it, at
 * once the first time and then ten times a second at most, one question after the other.
 */
final class Pulls {
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Vertx vertx;
    private final Supplier<Future<?>> question;
    private boolean underway;
    private boolean wanted;
    private long begun = System.nanoTime() - BETWEEN_NANOS;

    /** @param question whose failure somebody else looks after */
    Pulls(Vertx vertx, Supplier<Future<?>> question) {
        this.vertx = vertx;
        this.question = question;
    }

    /** What is asked already may have been answered before that came about which is hinted at: then once more. */
    synchronized void ask() {
        wanted = true;
        if (!underway) {
            next();
        }
    }

    private void next() {
        underway = true;
        long wait = begun + BETWEEN_NANOS - System.nanoTime();
        if (wait <= 0) {
            pull();
        } else {
            vertx.setTimer(TimeUnit.NANOSECONDS.toMillis(wait) + 1, over -> begin());
        }
    }

    private synchronized void begin() {
        pull();
    }

    private void pull() {
        wanted = false;
        begun = System.nanoTime();
        question.get().onComplete(done -> end());
    }

    private synchronized void end() {
        underway = false;
        if (wanted) {
            next();
        }
    }
}
