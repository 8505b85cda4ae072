package io.gatehouse.gateway.compat;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.gateway.http.ErrorStatus;
import io.gatehouse.gateway.http.ErrorStyle;
import io.gatehouse.gateway.http.OAuthErrors;
import io.gatehouse.gateway.http.Reply;
import io.vertx.core.json.JsonObject;

/**
 * The errors of the {@code .do} paths: what an OAuth client reads, and beside it the numeric code and the flag that
 * clients of the envelope read. The code is the HTTP status and two digits that tell apart what shares it.
 */
final class BabelBirdErrors implements ErrorStyle {
    private final boolean byJwt;

    private BabelBirdErrors(boolean byJwt) {
        this.byJwt = byJwt;
    }

    /** Where a client authenticates by HTTP Basic. */
    static BabelBirdErrors ofTokens() {
        return new BabelBirdErrors(false);
    }

    /** Where a client's JWT takes the place of credentials: a bad one is 401, and no challenge helps. */
    static BabelBirdErrors ofLogins() {
        return new BabelBirdErrors(true);
    }

    @Override
    public Reply render(OAuthError error) {
        int status = status(error);
        JsonObject body = new JsonObject()
                .put("error", OAuthErrors.name(error))
                .put("error_description", ErrorStatus.describe(error))
                .put("code", status * 100 + detail(error))
                .put("success", false);
        Reply reply = Reply.secretJson(status, body);
        boolean challenge = !byJwt && is(error, Code.INVALID_CLIENT);
        return ErrorStatus.retryable(challenge ? reply.with("WWW-Authenticate", OAuthErrors.CHALLENGE) : reply, error);
    }

    private int status(OAuthError error) {
        return byJwt && is(error, Code.INVALID_GRANT) ? 401 : ErrorStatus.of(error);
    }

    /** Published in the API's page: numbers stay. */
    private static int detail(OAuthError error) {
        return error instanceof OAuthError.Protocol protocol ? protocol.code().number() : 0;
    }

    private static boolean is(OAuthError error, Code code) {
        return error instanceof OAuthError.Protocol protocol && protocol.code() == code;
    }
}
