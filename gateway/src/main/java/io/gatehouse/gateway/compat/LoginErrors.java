package io.gatehouse.gateway.compat;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.gateway.http.ErrorStyle;
import io.gatehouse.gateway.http.ProblemErrors;
import io.gatehouse.gateway.http.Reply;

/**
 * The problems of {@code /auth/*}: wrong credentials of any kind are 401 with a Bearer challenge, fields that are missing
 * or malformed are 422.
 */
final class LoginErrors implements ErrorStyle {
    private final ErrorStyle problems = new ProblemErrors();

    @Override
    public Reply render(OAuthError error) {
        if (error instanceof OAuthError.Protocol protocol && isUnauthorized(protocol.code())) {
            return ProblemErrors.problem(401, protocol.description()).with("WWW-Authenticate", challenge(protocol));
        }
        return problems.render(error);
    }

    static RuntimeException unauthorized(String detail) {
        return OAuthError.failure(Code.INVALID_GRANT, detail);
    }

    static RuntimeException forbidden(String detail) {
        return OAuthError.failure(Code.ACCESS_DENIED, detail);
    }

    /** @param detail "location.field: reason", several joined by "; " */
    static RuntimeException unprocessable(String detail) {
        return OAuthError.failure(Code.UNPROCESSABLE_CONTENT, detail);
    }

    private static boolean isUnauthorized(Code code) {
        return code == Code.INVALID_GRANT || code.status() == 401;
    }

    /** RFC 6750, section 3.1, asks for the error where a token was shown. */
    private static String challenge(OAuthError.Protocol protocol) {
        return protocol.code() == Code.INVALID_TOKEN
                ? "Bearer error=\"invalid_token\", error_description=\"" + protocol.description() + "\""
                : "Bearer";
    }
}
