package io.gatehouse.gateway.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes replies and, where it is switched on, a line per request that names the route, never what was sent to it. */
final class ReplyWriter {
    private static final Logger ACCESS = LoggerFactory.getLogger("gatehouse.access");

    private final boolean logsAccess;

    ReplyWriter(boolean logsAccess) {
        this.logsAccess = logsAccess;
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
            log(request, reply, route, begun, named ? requestId : null);
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
            log(request, reply, "-", begun, null);
        }
    }

    private static void head(HttpServerResponse response, Reply reply) {
        response.setStatusCode(reply.status());
        for (Reply.Header header : reply.headers()) {
            // added, not put: a reply may set two cookies
            response.headers().add(header.name(), header.value());
        }
    }

    /** What is left of a body that nobody wants must not be read as the next request, nor be waited for. */
    private static void finish(HttpServerRequest request, HttpServerResponse response, Reply reply) {
        if (request.isEnded() || !BodyReader.expects(request)) {
            response.end(reply.body());
        } else {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            new Discarding(request).begin();
            response.end(reply.body());
        }
    }

    private static void log(HttpServerRequest request, Reply reply, String route, long begun, @Nullable String id) {
        ACCESS.atInfo()
                .addKeyValue("method", request.method())
                .addKeyValue("route", route)
                .addKeyValue("status", reply.status())
                .addKeyValue("us", (System.nanoTime() - begun) / 1000)
                .addKeyValue("request_id", id)
                .log("request");
    }
}
