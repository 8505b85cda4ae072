package io.gatehouse.deploy.management;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Reads the few lines of JSON that an order has. */
final class SmallBody {
    private static final int MOST = 4096;

    private SmallBody() {}

    /** Completes with the body; never where it is too long or of another type, which is answered here. */
    static Future<Buffer> read(HttpServerRequest request) {
        Promise<Buffer> whole = Promise.promise();
        if (!isJson(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
            ProblemResponse.send(request, 415, "Send JSON: Content-Type: application/json.");
            return whole.future();
        }
        Buffer body = Buffer.buffer();
        request.handler(part -> {
            if (body.length() > MOST) {
                return;
            }
            body.appendBuffer(part);
            if (body.length() > MOST) {
                ProblemResponse.send(request, 413, "This is longer than any order.");
            }
        });
        request.endHandler(end -> {
            if (body.length() <= MOST) {
                whole.complete(body);
            }
        });
        return whole.future();
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null && contentType.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
    }
}
