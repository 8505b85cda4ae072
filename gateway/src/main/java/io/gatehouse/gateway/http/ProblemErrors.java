package io.gatehouse.gateway.http;

import io.gatehouse.common.error.OAuthError;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Problem details (RFC 9457): type, title, status and detail, for unknown paths and for one vendor's. */
public final class ProblemErrors implements ErrorStyle {
    private static final List<Reply.Header> HEADERS = List.of(
            new Reply.Header(HttpHeaders.CONTENT_TYPE, "application/problem+json"),
            new Reply.Header(HttpHeaders.CACHE_CONTROL, "no-store"));

    @Override
    public Reply render(OAuthError error) {
        return ErrorStatus.retryable(problem(ErrorStatus.of(error), ErrorStatus.describe(error)), error);
    }

    /** @param detail safe to show */
    public static Reply problem(int status, String detail) {
        JsonObject body = new JsonObject()
                .put("type", "about:blank")
                .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                .put("status", status)
                .put("detail", detail);
        return new Reply(status, HEADERS, body.toBuffer());
    }
}
