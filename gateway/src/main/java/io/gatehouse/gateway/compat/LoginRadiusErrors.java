package io.gatehouse.gateway.compat;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.gateway.http.ErrorStatus;
import io.gatehouse.gateway.http.ErrorStyle;
import io.gatehouse.gateway.http.Reply;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/**
 * The errors of the LoginRadius paths: an object of five members, whose number is what clients branch on. The numbers are
 * the vendor's, the texts are ours.
 */
final class LoginRadiusErrors implements ErrorStyle {
    /** What the vendor has a number for: it, its usual HTTP status, and what to do. */
    enum Refusal {
        APIKEY_UNKNOWN(901, 403, "API key is not authorized", "the apikey is no tenant's of this address: check it"),
        TOKEN_INVALID(905, 403, "Access token is invalid", "the access token is not valid here: log in again"),
        TOKEN_EXPIRED(906, 403, "Access token has expired", "the access token has expired: log in again"),
        PARAMETER_MALFORMED(908, 400, "A parameter is not formatted correctly", "a parameter is malformed"),
        APIKEY_MALFORMED(920, 400, "API key is invalid", "the apikey is not a UUID: copy it from the tenant"),
        APIKEY_MISSING(922, 400, "API key is missing", "send the tenant's apikey in the query"),
        UNKNOWN_FAILURE(950, 500, "The request failed", "the request failed"),
        BODY_MALFORMED(
                965,
                400,
                "The request body is not valid JSON",
                "send one JSON object of at most 16 KiB, 8 levels deep, with no member twice and nothing behind it"),
        BAD_CREDENTIALS(966, 401, "User id or password is wrong", "check the user's name and password"),
        EMAIL_NOT_VERIFIED(970, 403, "Email is not verified", "verify the user's e-mail address first"),
        BLOCKED(991, 403, "Account is blocked", "the account is blocked: ask the operator"),
        EMAIL_MALFORMED(1038, 400, "Email is not formatted correctly", "email must be like name@example.org"),
        TOKEN_MISSING(1060, 400, "Access token is missing", "send access_token in the query or as a Bearer token"),
        PHONE_NOT_VERIFIED(1066, 403, "Phone is not verified", "verify the user's phone number first"),
        PASSWORD_MISSING(1089, 400, "Password is missing", "send password in the body"),
        DEACTIVATED(1130, 403, "Login is disabled for this account", "the account is deactivated: ask the operator"),
        NAME_MISSING(1141, 400, "Email or username is missing", "send one of email, username and phone in the body"),
        SECOND_FACTOR_NEEDED(
                1176,
                403,
                "Second factor is needed",
                "the account has a second factor: log in through the login pages (/oauth2/authorize), which ask for it"),
        APP_UNKNOWN(1180, 401, "JWT app is not valid", "the tenant has no JWT app of that name: check jwtapp"),
        APP_MISSING(1196, 400, "JWT app name is missing", "send the name of the JWT app as jwtapp in the query"),
        LOCKED(1198, 403, "Login is locked for a while", "too many attempts"),
        MAY_NOT_LOG_IN(1220, 403, "Account may not log in", "the account may not log in: ask the operator");

        private final int number;
        private final int status;
        private final String message;
        private final String description;

        Refusal(int number, int status, String message, String description) {
            this.number = number;
            this.status = status;
            this.message = message;
            this.description = description;
        }

        /** To throw, or to fail a future with. */
        RuntimeException failure() {
            return failure(description);
        }

        /** As {@link #failure()}, with a description that is safe to show. */
        RuntimeException failure(String because) {
            return new Refused(this, because);
        }
    }

    /** An answer, not an accident: it has no stack trace. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final Refusal refusal;

        Refused(Refusal refusal, String description) {
            super(description, null, false, false);
            this.refusal = refusal;
        }

        Reply reply() {
            return body(refusal.status, refusal, String.valueOf(getMessage()));
        }
    }

    private final boolean ofLogins;

    private LoginRadiusErrors(boolean ofLogins) {
        this.ofLogins = ofLogins;
    }

    static LoginRadiusErrors ofTokens() {
        return new LoginRadiusErrors(false);
    }

    /** Where too many attempts lock the login for a while, which has a number of its own. */
    static LoginRadiusErrors ofLogins() {
        return new LoginRadiusErrors(true);
    }

    /** Answers with what this API refused itself; any other failure stays one. */
    static Future<Reply> answer(Throwable failure) {
        return failure instanceof Refused refused
                ? Future.succeededFuture(refused.reply())
                : Future.failedFuture(failure);
    }

    @Override
    public Reply render(OAuthError error) {
        Refusal refusal = refusal(error);
        boolean own = refusal == Refusal.LOCKED || refusal == Refusal.TOKEN_INVALID;
        int status = own ? refusal.status : ErrorStatus.of(error);
        return ErrorStatus.retryable(body(status, refusal, ErrorStatus.describe(error)), error);
    }

    private Refusal refusal(OAuthError error) {
        return switch (error) {
            case OAuthError.Protocol protocol -> refusal(protocol.code());
            case OAuthError.Throttled throttled -> ofLogins ? Refusal.LOCKED : Refusal.UNKNOWN_FAILURE;
            case OAuthError.NotFound notFound -> Refusal.UNKNOWN_FAILURE;
            case OAuthError.Conflict conflict -> Refusal.UNKNOWN_FAILURE;
            case OAuthError.Unavailable unavailable -> Refusal.UNKNOWN_FAILURE;
            case OAuthError.Defect defect -> Refusal.UNKNOWN_FAILURE;
        };
    }

    private static Refusal refusal(Code code) {
        return switch (code) {
            case INVALID_TOKEN -> Refusal.TOKEN_INVALID;
            case INVALID_REQUEST -> Refusal.PARAMETER_MALFORMED;
            case CONTENT_TOO_LARGE -> Refusal.BODY_MALFORMED;
            default -> Refusal.UNKNOWN_FAILURE;
        };
    }

    private static Reply body(int status, Refusal refusal, String description) {
        JsonObject body = new JsonObject()
                .put("Description", description)
                .put("ErrorCode", refusal.number)
                .put("Message", refusal.message)
                .put("IsProviderError", false)
                .putNull("ProviderErrorResponse");
        Reply reply = Reply.secretJson(status, body).with("Referrer-Policy", "no-referrer");
        // RFC 9110, section 15.5.2, wants a challenge with every 401; this one makes no browser ask for a password.
        return status == 401 ? reply.with("WWW-Authenticate", "Bearer") : reply;
    }
}
