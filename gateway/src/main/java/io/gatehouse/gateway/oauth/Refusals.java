package io.gatehouse.gateway.oauth;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;

/** Tells failures apart where one of them is an answer. */
public final class Refusals {
    private Refusals() {}

    /** Whether {@code failure} is the protocol's error of that code. */
    public static boolean is(Throwable failure, Code code) {
        return failure instanceof OAuthFailure known
                && known.error() instanceof OAuthError.Protocol protocol
                && protocol.code() == code;
    }

    /** Whether it was there already. */
    static boolean isConflict(Throwable failure) {
        return failure instanceof OAuthFailure known && known.error() instanceof OAuthError.Conflict;
    }
}
