package io.gatehouse.gateway.proxy.forward;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;

/** The body of a request on its way to the upstream, no faster than that takes it. */
final class Upload {
    private final HttpServerRequest from;
    private final HttpClientRequest to;
    private long lastMoved = System.nanoTime();
    private boolean held;
    private boolean over;

    Upload(HttpServerRequest from, HttpClientRequest to) {
        this.from = from;
        this.to = to;
    }

    /** @param hasBody whether one follows, or may */
    void begin(boolean hasBody) {
        if (hasBody) {
            from.handler(this::take).endHandler(end -> finish()).resume();
        } else {
            finish();
            from.resume();
        }
    }

    private void take(Buffer chunk) {
        if (over) {
            return;
        }
        lastMoved = System.nanoTime();
        Future<Void> unused = to.write(chunk);
        if (to.writeQueueFull()) {
            held = true;
            from.pause();
            to.drainHandler(room -> release());
        }
    }

    private void release() {
        held = false;
        lastMoved = System.nanoTime();
        from.resume();
    }

    private void finish() {
        if (!over) {
            over = true;
            lastMoved = System.nanoTime();
            Future<Void> unused = to.end();
        }
    }

    /** The upstream wants no more of it. What still comes is not passed on. */
    void stop() {
        over = true;
        from.resume();
    }

    /** Whether all of it was passed on. */
    boolean isOver() {
        return over;
    }

    /** Whether the next move is the sender's. */
    boolean waitsForSender() {
        return !over && !held;
    }

    /** By {@link System#nanoTime}. */
    long lastMoved() {
        return lastMoved;
    }
}
