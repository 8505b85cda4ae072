package io.gatehouse.gateway.proxy.forward;

import io.gatehouse.gateway.http.Discarding;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.function.Consumer;

/**
 * The answer of an upstream on its way to the sender, each piece as it comes, no faster than the sender takes it. Its headers
 * are set already, but not sent.
 */
final class Download {
    /** RFC 9113, section 7. */
    private static final long NO_ERROR = 0;

    private static final long FLOWS = 0;

    private final HttpClientResponse from;
    private final HttpServerRequest request;
    private final HttpServerResponse to;
    private final boolean delimited;
    private final Consumer<Download> onEnd;
    private long lastMoved = System.nanoTime();
    private long heldSince = FLOWS;
    private long taken;
    private boolean over;

    /** @param onEnd once all of it has come */
    Download(HttpClientResponse from, HttpServerRequest request, Consumer<Download> onEnd) {
        this.from = from;
        this.request = request;
        this.to = request.response();
        this.onEnd = onEnd;
        this.delimited = isBodiless() || to.headers().contains(HttpHeaders.CONTENT_LENGTH);
    }

    private boolean isBodiless() {
        int status = from.statusCode();
        return request.method().equals(HttpMethod.HEAD) || status == 204 || status == 304;
    }

    /**
     * @param vertx to send the head by itself, where nothing follows at once: a stream may begin with silence
     * @param early whether the request has not come whole, and may never
     */
    void begin(Vertx vertx, boolean early) {
        boolean bodiless = isBodiless();
        to.setStatusCode(from.statusCode());
        if (early && request.version() != HttpVersion.HTTP_2) {
            to.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        to.setChunked(!delimited);
        from.handler(chunk -> {
            if (!bodiless) {
                take(chunk);
            }
        });
        from.endHandler(end -> finish());
        if (!bodiless) {
            vertx.runOnContext(later -> sendHead());
        }
    }

    private void sendHead() {
        if (over || to.headWritten() || to.closed()) {
            return;
        }
        // HTTP/1.0 knows no chunks: its body ends with the connection.
        Future<Void> unused = endsWithConnection() ? to.write(Buffer.buffer()) : to.writeHead();
    }

    private boolean endsWithConnection() {
        return !delimited && request.version() == HttpVersion.HTTP_1_0;
    }

    private void take(Buffer chunk) {
        if (over || to.closed()) {
            return;
        }
        lastMoved = System.nanoTime();
        taken += chunk.length();
        Future<Void> unused = to.write(chunk);
        if (to.writeQueueFull()) {
            heldSince = lastMoved | 1;
            from.pause();
            to.drainHandler(room -> {
                heldSince = FLOWS;
                lastMoved = System.nanoTime();
                from.resume();
            });
        }
    }

    private void finish() {
        if (!over && !to.closed()) {
            over = true;
            onEnd.accept(this);
        }
    }

    /**
     * Whether it ended before as much came as it announced, which over HTTP/2 nobody else notices: the sender would read the
     * next answer as the rest of this one.
     */
    boolean isShort() {
        String announced = to.headers().get(HttpHeaders.CONTENT_LENGTH);
        return announced != null && !isBodiless() && !announced.equals(String.valueOf(taken));
    }

    /**
     * Writes its end, once it has come.
     *
     * @param early whether the request has not come whole: its rest is not waited for
     */
    void end(boolean early) {
        boolean ownStream = request.version() == HttpVersion.HTTP_2;
        if (early && !ownStream) {
            new Discarding(request).begin();
        }
        if (takesTrailers()) {
            ResponseHeaders.copyTrailers(from.trailers(), to.trailers());
        }
        boolean last = endsWithConnection();
        Future<Void> written = to.end();
        if (last) {
            Future<Void> unused = written.eventually(() -> request.connection().close());
        } else if (early && ownStream) {
            Future<Void> unused = written.eventually(() -> to.reset(NO_ERROR));
        }
    }

    /** RFC 9110, section 6.5.1: over HTTP/1 only to those who say that they want them. */
    private boolean takesTrailers() {
        return !from.trailers().isEmpty()
                && (request.version() == HttpVersion.HTTP_2
                        || (!delimited && HopHeaders.names(request.headers(), "te", "trailers")));
    }

    /** It is cut off: whatever comes is not passed on. */
    void stop() {
        over = true;
    }

    /** Whether the sender has not read for too long. */
    boolean isHeld(long now, Silence silence) {
        return heldSince != FLOWS && silence.isTooLongHalfDone(now - heldSince);
    }

    /** By {@link System#nanoTime}. */
    long lastMoved() {
        return lastMoved;
    }
}
