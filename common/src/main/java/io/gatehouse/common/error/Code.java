package io.gatehouse.common.error;

import org.jspecify.annotations.Nullable;

/**
 * The protocol errors, each with its name in responses, its HTTP status and the number that stands for it on the bus.
 * Numbers are never reused or changed: nodes of two builds talk to each other.
 */
public enum Code {
    /** RFC 6749, section 5.2. */
    INVALID_REQUEST(1, "invalid_request", 400),
    INVALID_CLIENT(2, "invalid_client", 401),
    INVALID_GRANT(3, "invalid_grant", 400),
    UNAUTHORIZED_CLIENT(4, "unauthorized_client", 400),
    UNSUPPORTED_GRANT_TYPE(5, "unsupported_grant_type", 400),
    INVALID_SCOPE(6, "invalid_scope", 400),
    /** RFC 6749, section 4.1.2.1. */
    ACCESS_DENIED(7, "access_denied", 403),
    UNSUPPORTED_RESPONSE_TYPE(8, "unsupported_response_type", 400),
    /** RFC 7009, section 2.2.1. */
    UNSUPPORTED_TOKEN_TYPE(9, "unsupported_token_type", 400),
    /** RFC 6750, section 3.1. */
    INVALID_TOKEN(10, "invalid_token", 401),
    INSUFFICIENT_SCOPE(11, "insufficient_scope", 403),
    /** RFC 8707, section 2. */
    INVALID_TARGET(12, "invalid_target", 400),
    /** OpenID Connect Core, section 3.1.2.6. */
    LOGIN_REQUIRED(13, "login_required", 400),
    CONSENT_REQUIRED(14, "consent_required", 400),
    INTERACTION_REQUIRED(15, "interaction_required", 400),
    ACCOUNT_SELECTION_REQUIRED(16, "account_selection_required", 400),
    // Nothing gives these two any more: request objects are supported.
    REQUEST_NOT_SUPPORTED(17, "request_not_supported", 400),
    REQUEST_URI_NOT_SUPPORTED(18, "request_uri_not_supported", 400),
    REGISTRATION_NOT_SUPPORTED(19, "registration_not_supported", 400),
    /** OpenID Connect Core Error Code unmet_authentication_requirements, section 2. */
    UNMET_AUTHENTICATION_REQUIREMENTS(20, "unmet_authentication_requirements", 400),
    /** RFC 9470, section 3. */
    INSUFFICIENT_USER_AUTHENTICATION(23, "insufficient_user_authentication", 401),
    /** RFC 9101, section 7. */
    INVALID_REQUEST_URI(21, "invalid_request_uri", 400),
    INVALID_REQUEST_OBJECT(22, "invalid_request_object", 400),
    /** RFC 8628, section 3.5. */
    AUTHORIZATION_PENDING(40, "authorization_pending", 400),
    SLOW_DOWN(41, "slow_down", 400),
    EXPIRED_TOKEN(42, "expired_token", 400),
    /** At the token endpoint, where an error is a 400 (RFC 6749, section 5.2). */
    DEVICE_DENIED(43, "access_denied", 400),
    /** What HTTP itself refuses, in the words of RFC 9110. */
    METHOD_NOT_ALLOWED(30, "invalid_request", 405),
    REQUEST_TIMEOUT(31, "invalid_request", 408),
    CONTENT_TOO_LARGE(32, "invalid_request", 413),
    UNPROCESSABLE_CONTENT(33, "invalid_request", 422),
    /** RFC 6585, section 5. */
    HEADER_FIELDS_TOO_LARGE(34, "invalid_request", 431),
    URI_TOO_LONG(35, "invalid_request", 414),
    NOT_ACCEPTABLE_HERE(36, "invalid_request", 421),
    /** RFC 7591, section 3.2.2. */
    INVALID_REDIRECT_URI(70, "invalid_redirect_uri", 400),
    INVALID_CLIENT_METADATA(71, "invalid_client_metadata", 400),
    INVALID_SOFTWARE_STATEMENT(72, "invalid_software_statement", 400),
    UNAPPROVED_SOFTWARE_STATEMENT(73, "unapproved_software_statement", 400),
    /** RFC 9449, sections 5 and 8; 401 where a resource is asked for. */
    INVALID_DPOP_PROOF(50, "invalid_dpop_proof", 400),
    USE_DPOP_NONCE(51, "use_dpop_nonce", 400),
    /** RFC 9396, section 5. */
    INVALID_AUTHORIZATION_DETAILS(60, "invalid_authorization_details", 400);

    private final int number;
    private final String error;
    private final int status;

    Code(int number, String error, int status) {
        this.number = number;
        this.error = error;
        this.status = status;
    }

    /** On the bus; 1 to 99. */
    public int number() {
        return number;
    }

    /** The {@code error} member of a response. */
    public String error() {
        return error;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    static @Nullable Code byNumber(int number) {
        for (Code code : values()) {
            if (code.number == number) {
                return code;
            }
        }
        return null;
    }
}
