package io.gatehouse.gateway.http;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;

/** Answers what the decoder could not read as a request: there is no path yet, so there is one style. */
final class InvalidRequests implements Handler<HttpServerRequest> {
    private static final ErrorStyle STYLE = new ProblemErrors();

    private final ReplyWriter writer;

    InvalidRequests(ReplyWriter writer) {
        this.writer = writer;
    }

    @Override
    public void handle(HttpServerRequest request) {
        OAuthError error = error(request.decoderResult().cause());
        writer.writeLast(request, STYLE.render(error), writer.begin());
    }

    private static OAuthError error(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return new OAuthError.Protocol(Code.URI_TOO_LONG, "the request line is too long");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return new OAuthError.Protocol(Code.HEADER_FIELDS_TOO_LARGE, "the headers are too large");
        }
        return new OAuthError.Protocol(Code.INVALID_REQUEST, "this is not a well-formed HTTP request");
    }
}
