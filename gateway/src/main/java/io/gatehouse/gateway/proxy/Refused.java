package io.gatehouse.gateway.proxy;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;

/** Requests that no token could help. */
final class Refused {
    private Refused() {}

    static RuntimeException because(String description) {
        return OAuthError.failure(Code.ACCESS_DENIED, description);
    }
}
