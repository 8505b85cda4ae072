package io.gatehouse.gateway.http;

import io.netty.util.AsciiString;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/**
 * Lets scripts of any site read an answer (the CORS protocol of the Fetch standard), without credentials of the browser:
 * whoever asks must bring a token or a client's secret of its own.
 */
final class CrossOrigin {
    private static final CharSequence ANYBODY = AsciiString.cached("*");
    private static final CharSequence EXPOSED = AsciiString.cached("WWW-Authenticate, Retry-After, DPoP-Nonce");
    private static final CharSequence HEADERS = AsciiString.cached("Authorization, Content-Type, DPoP");
    private static final CharSequence ONE_DAY = AsciiString.cached("86400");

    private CrossOrigin() {}

    /** Whether the browser asks what it may ask. */
    static boolean isPreflight(HttpServerRequest request) {
        return HttpMethod.OPTIONS.equals(request.method())
                && request.headers().contains(HttpHeaders.ORIGIN)
                && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    }

    /** @param methods as in an Allow header */
    static Reply preflight(String methods) {
        return new Reply(
                204,
                List.of(
                        new Reply.Header(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, methods),
                        new Reply.Header(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, HEADERS),
                        new Reply.Header(HttpHeaders.ACCESS_CONTROL_MAX_AGE, ONE_DAY)),
                Buffer.buffer());
    }

    /** Said to everybody, not only to who names an origin: caches give the same answer to both. */
    static void allow(HttpServerResponse response) {
        response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, ANYBODY)
                .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }
}
