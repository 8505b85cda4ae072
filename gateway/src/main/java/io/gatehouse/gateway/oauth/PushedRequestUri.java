package io.gatehouse.gateway.oauth;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.CodeId;
import org.jspecify.annotations.Nullable;

/** The request_uri of a pushed request (RFC 9126, section 2.2): as good as a code, the store knows its digest only. */
final class PushedRequestUri {
    private static final String PREFIX = "urn:ietf:params:oauth:request_uri:";

    private PushedRequestUri() {}

    static Secret of(Secret code) {
        return Secret.of(PREFIX + code.reveal());
    }

    /** Whether it says of itself that it was made by pushing. */
    static boolean isOne(@Nullable String requestUri) {
        return requestUri != null && requestUri.startsWith(PREFIX);
    }

    /** @throws io.gatehouse.common.error.OAuthFailure invalid_request_uri where we never made it */
    static CodeId read(String requestUri) {
        CodeId id = CodeId.parse(requestUri.substring(PREFIX.length()));
        if (id == null) {
            throw useless();
        }
        return id;
    }

    /** Of one that is unknown, another client's, spent or expired: nobody is told which. */
    static RuntimeException useless() {
        return OAuthError.failure(
                Code.INVALID_REQUEST_URI, "request_uri is unknown, was used, or has expired: push the request again");
    }
}
