package io.gatehouse.gateway.http;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.vertx.core.json.JsonObject;

/** The JSON of RFC 6749, section 5.2. */
public final class OAuthErrors implements ErrorStyle {
    public static final String CHALLENGE = "Basic realm=\"gatehouse\", charset=\"UTF-8\"";

    @Override
    public Reply render(OAuthError error) {
        JsonObject body =
                new JsonObject().put("error", name(error)).put("error_description", ErrorStatus.describe(error));
        Reply reply = Reply.secretJson(ErrorStatus.of(error), body);
        boolean challenge = error instanceof OAuthError.Protocol protocol && protocol.code() == Code.INVALID_CLIENT;
        return ErrorStatus.retryable(challenge ? reply.with("WWW-Authenticate", CHALLENGE) : reply, error);
    }

    /** The {@code error} member. */
    public static String name(OAuthError error) {
        return switch (error) {
            case OAuthError.Protocol protocol -> protocol.code().error();
            case OAuthError.Throttled throttled -> "temporarily_unavailable";
            case OAuthError.Unavailable unavailable -> "temporarily_unavailable";
            case OAuthError.NotFound notFound -> "not_found";
            case OAuthError.Conflict conflict -> "invalid_request";
            case OAuthError.Defect defect -> "server_error";
        };
    }
}
