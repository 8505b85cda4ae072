package io.gatehouse.gateway.http;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads bodies whole, up to a size and within a time. One per event loop: a tick looks after all that are on their way. */
final class BodyReader {
    private static final class Reading {
        private final Promise<Buffer> promise = Promise.promise();
        private final long deadline;
        private @Nullable Buffer collected;
        private long held;
        private boolean copied;

        private Reading(long deadline) {
            this.deadline = deadline;
        }

        /** The first chunk is Netty's own buffer as it came; only a second one is worth a copy, and only one. */
        private void add(Buffer chunk) {
            if (collected == null) {
                collected = chunk;
                return;
            }
            if (!copied) {
                collected = collected.copy();
                copied = true;
            }
            collected.appendBuffer(chunk);
        }
    }

    private static final Set<HttpMethod> BODILESS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final Map<HttpServerRequest, Reading> underway = new LinkedHashMap<>();
    private final int limit;
    private final long patienceNanos;
    private final ByteBudget budget;

    /**
     * @param limit bytes
     * @param patience time for a body to arrive
     * @param budget of the event loop, for what HTTP/2 brings: a connection of it has many requests at once
     */
    BodyReader(int limit, Duration patience, ByteBudget budget) {
        this.limit = limit;
        this.budget = budget;
        this.patienceNanos = patience.toNanos();
    }

    /** Looks for bodies that are overdue each second. */
    void watch(Vertx vertx) {
        vertx.setPeriodic(1000, tick -> failOverdue());
    }

    /** One of HTTP/1 without these has no body (RFC 9112, section 6.3); one of HTTP/2 need not announce it. */
    static boolean expects(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2 && !BODILESS.contains(request.method())) {
            return true;
        }
        String length = request.getHeader("content-length");
        return (length != null && !length.equals("0")) || request.headers().contains("transfer-encoding");
    }

    /** Fails with 413 once the body is known to be too large, and with 408 when it takes too long. */
    Future<Buffer> read(HttpServerRequest request) {
        if (announced(request) > limit) {
            return Future.failedFuture(tooLarge());
        }
        Reading reading = new Reading(System.nanoTime() + patienceNanos);
        underway.put(request, reading);
        request.handler(chunk -> collect(request, reading, chunk));
        request.endHandler(end -> finish(request, reading));
        request.exceptionHandler(broken -> abandon(request, reading, incomplete()));
        return reading.promise.future();
    }

    private void collect(HttpServerRequest request, Reading reading, Buffer chunk) {
        Buffer before = reading.collected;
        if ((before == null ? 0 : before.length()) + chunk.length() > limit) {
            abandon(request, reading, tooLarge());
        } else if (request.version() == HttpVersion.HTTP_2 && !hasRoom(reading, chunk.length())) {
            abandon(request, reading, incomplete());
            request.connection().close();
        } else {
            reading.add(chunk);
        }
    }

    /** The decoder of HTTP/1 counts its own. */
    private boolean hasRoom(Reading reading, int more) {
        reading.held += more;
        return budget.take(more);
    }

    private void finish(HttpServerRequest request, Reading reading) {
        forget(request, reading);
        reading.promise.tryComplete(reading.collected == null ? Buffer.buffer() : reading.collected);
    }

    private void abandon(HttpServerRequest request, Reading reading, Throwable why) {
        forget(request, reading);
        reading.collected = null;
        request.handler(ignored -> {});
        reading.promise.tryFail(why);
    }

    private void forget(HttpServerRequest request, Reading reading) {
        underway.remove(request);
        budget.give(reading.held);
        reading.held = 0;
    }

    private void failOverdue() {
        long now = System.nanoTime();
        underway.entrySet().stream()
                .filter(entry -> now - entry.getValue().deadline > 0)
                .toList()
                .forEach(entry -> abandon(entry.getKey(), entry.getValue(), overdue()));
    }

    private static long announced(HttpServerRequest request) {
        String length = request.getHeader("content-length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException beyondAnyLimit) {
            return Long.MAX_VALUE;
        }
    }

    private RuntimeException tooLarge() {
        return OAuthError.failure(Code.CONTENT_TOO_LARGE, "the body is larger than " + limit + " bytes");
    }

    /** The sender's doing: it went away, or its chunks are malformed. */
    private static RuntimeException incomplete() {
        return OAuthError.failure(Code.INVALID_REQUEST, "the body did not arrive whole");
    }

    private static RuntimeException overdue() {
        return OAuthError.failure(Code.REQUEST_TIMEOUT, "the body took too long to arrive");
    }
}
