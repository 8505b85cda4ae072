package io.gatehouse.gateway.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.TimeUnit;

/**
 * Lets go of a request that is answered before its body was read. A moment of reading on lets the sender see the answer;
 * closing at once would reset the connection under it.
 */
public final class Discarding {
    private static final long MAX_BYTES = 1 << 20;
    private static final long MAX_MILLIS = 1000;

    private final HttpServerRequest request;
    private long discarded;

    public Discarding(HttpServerRequest request) {
        this.request = request;
    }

    /**
     * Before the answer is written: the connection ends with this request, and no later one on it is looked at. Of HTTP/2 only
     * the request ends.
     */
    public void begin() {
        request.handler(this::discard);
        if (request.version() != HttpVersion.HTTP_2) {
            request.connection().shutdown(MAX_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void discard(Buffer chunk) {
        discarded += chunk.length();
        if (discarded > MAX_BYTES) {
            request.connection().close();
        }
    }
}
