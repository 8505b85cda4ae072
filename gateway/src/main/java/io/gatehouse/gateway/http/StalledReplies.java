package io.gatehouse.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Ends HTTP/2 connections whose other side asks and does not read: it may hold back the window while it sends frames that keep
 * the connection from being idle. Of one event loop.
 */
final class StalledReplies {
    /** By reply, since each has a window of its own. */
    private final Map<Future<Void>, Waiting> waiting = new HashMap<>();

    private record Waiting(HttpConnection connection, long since) {}

    private final long patienceNanos;

    /** @param patience for a reply to be taken */
    StalledReplies(Duration patience) {
        this.patienceNanos = patience.toNanos();
    }

    /** Looks each second. */
    void watch(Vertx vertx) {
        vertx.setPeriodic(1000, tick -> closeStalled());
    }

    /** @param written completes once the other side took it */
    void watch(HttpConnection connection, Future<Void> written) {
        if (!written.isComplete()) {
            waiting.put(written, new Waiting(connection, System.nanoTime()));
            written.onComplete(done -> waiting.remove(written));
        }
    }

    private void closeStalled() {
        long now = System.nanoTime();
        waiting.values().stream()
                .filter(reply -> now - reply.since > patienceNanos)
                .map(Waiting::connection)
                .distinct()
                .toList()
                .forEach(HttpConnection::close);
    }
}
