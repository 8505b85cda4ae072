package io.gatehouse.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes replies and, where it is switched on, a line per request that names the route, never what was sent to it. */
final class ReplyWriter {
    private static final Logger ACCESS = LoggerFactory.getLogger("gatehouse.access");

    /** RFC 9113, section 8.1: of the body that was not needed, the sender is told so. */
    private static final long NO_ERROR = 0;

    private final boolean logsAccess;
    private final @Nullable String transportSecurity;
    private final StalledReplies stalled;

    /** @param transportSecurity the value of Strict-Transport-Security; null: none is sent */
    ReplyWriter(boolean logsAccess, @Nullable String transportSecurity, StalledReplies stalled) {
        this.logsAccess = logsAccess;
        this.transportSecurity = transportSecurity;
        this.stalled = stalled;
    }

    long begin() {
        return logsAccess ? System.nanoTime() : 0;
    }

    void write(HttpServerRequest request, Reply reply, String route, long begun) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        head(response, reply);
        String requestId = request.getHeader("x-request-id");
        boolean named = requestId != null && RequestIds.isDecent(requestId);
        if (named) {
            response.putHeader("X-Request-ID", requestId);
        }
        finish(request, response, reply);
        if (logsAccess) {
            log(request, reply.status(), route, begun, named ? requestId : null);
        }
    }

    /** What was passed on got its answer elsewhere. */
    void passed(HttpServerRequest request, String route, long begun) {
        if (logsAccess) {
            String id = request.getHeader("x-request-id");
            int status = request.response().getStatusCode();
            log(request, status, route, begun, id != null && RequestIds.isDecent(id) ? id : null);
        }
    }

    /** Writes the last reply of a connection: what follows on it can't be understood. */
    void writeLast(HttpServerRequest request, Reply reply, long begun) {
        HttpServerResponse response = request.response();
        head(response, reply);
        response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .end(reply.body())
                .onComplete(written -> request.connection().close());
        if (logsAccess) {
            log(request, reply.status(), "-", begun, null);
        }
    }

    private void head(HttpServerResponse response, Reply reply) {
        response.setStatusCode(reply.status());
        if (transportSecurity != null) {
            response.putHeader("Strict-Transport-Security", transportSecurity);
        }
        for (Reply.Header header : reply.headers()) {
            // added, not put: a reply may set two cookies
            response.headers().add(header.name(), header.value());
        }
    }

    /** What is left of a body that nobody wants must not be read as the next request, nor be waited for. */
    private void finish(HttpServerRequest request, HttpServerResponse response, Reply reply) {
        if (request.version() == HttpVersion.HTTP_2) {
            finishStream(request, response, reply);
        } else if (request.isEnded() || !BodyReader.expects(request)) {
            response.end(reply.body());
        } else {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            new Discarding(request).begin();
            response.end(reply.body());
        }
    }

    /** It has no header Connection (RFC 9113, section 8.2.2), and others go on beside it. */
    private void finishStream(HttpServerRequest request, HttpServerResponse response, Reply reply) {
        boolean unread = !request.isEnded() && BodyReader.expects(request);
        if (unread) {
            new Discarding(request).begin();
        }
        Future<Void> written = request.method().equals(HttpMethod.HEAD)
                ? response.putHeader(
                                HttpHeaders.CONTENT_LENGTH,
                                String.valueOf(reply.body().length()))
                        .end()
                : response.end(reply.body());
        stalled.watch(request.connection(), written);
        if (unread) {
            written.onComplete(taken -> {
                Future<Void> unused = response.reset(NO_ERROR);
            });
        }
    }

    private static void log(HttpServerRequest request, int status, String route, long begun, @Nullable String id) {
        ACCESS.atInfo()
                .addKeyValue("method", request.method())
                .addKeyValue("route", route)
                .addKeyValue("status", status)
                .addKeyValue("us", (System.nanoTime() - begun) / 1000)
                .addKeyValue("request_id", id)
                .log("request");
    }
}
