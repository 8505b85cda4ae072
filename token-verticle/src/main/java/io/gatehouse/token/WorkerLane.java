package io.gatehouse.token;

import io.gatehouse.common.error.OAuthError;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for what would hold up an event loop: RSA, making and opening keys. What doesn't find a place in the queue is
 * turned away at once, since the asker would be gone before its turn.
 */
final class WorkerLane {
    private static final int WAITING = 512;

    private final WorkerExecutor threads;
    private final AtomicInteger inFlight = new AtomicInteger();

    WorkerLane(Vertx vertx) {
        int count = Runtime.getRuntime().availableProcessors();
        this.threads = vertx.createSharedWorkerExecutor("gatehouse-token", count);
    }

    /** Answers on the caller's context. */
    <T> Future<T> run(Callable<T> work) {
        if (inFlight.incrementAndGet() > WAITING) {
            inFlight.decrementAndGet();
            return Future.failedFuture(new OAuthError.Throttled(Duration.ofSeconds(1)).failure());
        }
        return threads.executeBlocking(() -> done(work), false);
    }

    private <T> T done(Callable<T> work) throws Exception {
        try {
            return work.call();
        } finally {
            inFlight.decrementAndGet();
        }
    }
}
