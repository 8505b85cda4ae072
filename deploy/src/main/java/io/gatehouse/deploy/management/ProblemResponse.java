package io.gatehouse.deploy.management;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/** Errors of this listener, as problem+json (RFC 9457). */
final class ProblemResponse {
    private ProblemResponse() {}

    /** What the HTTP decoder refused. */
    static void malformed(HttpServerRequest request) {
        send(request, 400, "This is no HTTP request that is understood here.");
    }

    static void send(HttpServerRequest request, int status, String detail) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                // whatever else comes on this connection was not meant for this listener
                .putHeader(HttpHeaders.CONNECTION, "close");
        end(
                        request,
                        new JsonObject()
                                .put("type", "about:blank")
                                .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                                .put("status", status)
                                .put("detail", detail)
                                .toBuffer())
                .onComplete(sent -> request.connection().close());
    }

    static Future<Void> end(HttpServerRequest request, Buffer bytes) {
        if (HttpMethod.HEAD.equals(request.method())) {
            return request.response()
                    .putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(bytes.length()))
                    .end();
        }
        return request.response().end(bytes);
    }
}
