package io.gatehouse.common.model;

import java.util.Locale;

/** How a client authenticates at the token endpoint (RFC 7591, {@code token_endpoint_auth_method}). */
public enum AuthMethod {
    CLIENT_SECRET_BASIC,
    CLIENT_SECRET_POST,
    NONE;

    /** The registered name. */
    public String registeredName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException where clients can't authenticate so here */
    public static AuthMethod of(String registeredName) {
        for (AuthMethod method : values()) {
            if (method.registeredName().equals(registeredName)) {
                return method;
            }
        }
        throw new IllegalArgumentException("unknown client authentication method");
    }
}
