package io.gatehouse.gateway.http;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.vertx.core.json.JsonObject;

/** The challenge of RFC 6750, section 3, with the same in a JSON body. */
public final class BearerErrors implements ErrorStyle {
    private static final String REALM = "Bearer realm=\"gatehouse\"";

    @Override
    public Reply render(OAuthError error) {
        String name = OAuthErrors.name(error);
        String description = ErrorStatus.describe(error);
        JsonObject body = new JsonObject().put("error", name).put("error_description", description);
        Reply reply = Reply.secretJson(ErrorStatus.of(error), body);
        return ErrorStatus.retryable(isChallenged(error) ? challenged(reply, name, description) : reply, error);
    }

    /** To a request that shows no token at all: it is told no error (section 3.1). */
    public static Reply askForToken() {
        return DpopErrors.alsoAskForToken(askForBearerToken());
    }

    /** The same where no proof of a key counts. */
    public static Reply askForBearerToken() {
        return Reply.empty(401).with("WWW-Authenticate", REALM);
    }

    static boolean isChallenged(OAuthError error) {
        return error instanceof OAuthError.Protocol protocol
                && (protocol.code() == Code.INVALID_TOKEN
                        || protocol.code() == Code.INSUFFICIENT_SCOPE
                        || protocol.code() == Code.INSUFFICIENT_USER_AUTHENTICATION
                        || protocol.code() == Code.INVALID_REQUEST);
    }

    /** Our own words and names: nothing in them needs quoting. */
    private static Reply challenged(Reply reply, String name, String description) {
        return reply.with(
                "WWW-Authenticate", REALM + ", error=\"" + name + "\", error_description=\"" + description + "\"");
    }
}
