package io.gatehouse.common.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How a client authenticates at the token endpoint (RFC 7591, {@code token_endpoint_auth_method}). */
public enum AuthMethod {
    CLIENT_SECRET_BASIC,
    CLIENT_SECRET_POST,
    NONE,
    /** By a JWT that it signs with a key of its own (RFC 7523, section 3; OpenID Connect Core, section 9). */
    PRIVATE_KEY_JWT,
    /** Likewise, with its secret. */
    CLIENT_SECRET_JWT,
    /** By a certificate of a trusted authority that holds a registered name (RFC 8705, section 2.1). */
    TLS_CLIENT_AUTH,
    /** By a certificate whose key is a registered one (RFC 8705, section 2.2). */
    SELF_SIGNED_TLS_CLIENT_AUTH;

    /** The registered name. */
    public String registeredName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the client shows an assertion, and never its secret. */
    public boolean isAssertion() {
        return this == PRIVATE_KEY_JWT || this == CLIENT_SECRET_JWT;
    }

    /** Whether the client shows a certificate, and nothing besides. */
    public boolean isCertificate() {
        return this == TLS_CLIENT_AUTH || this == SELF_SIGNED_TLS_CLIENT_AUTH;
    }

    /** JWS names of the algorithms that its assertions may be signed with; empty: there are none. */
    public List<String> assertionAlgorithms() {
        return switch (this) {
            case PRIVATE_KEY_JWT ->
                Arrays.stream(SigningAlgorithm.values())
                        .map(SigningAlgorithm::jwsName)
                        .toList();
            case CLIENT_SECRET_JWT -> List.of(IdTokenAlgorithm.HS256.jwsName());
            case CLIENT_SECRET_BASIC, CLIENT_SECRET_POST, NONE, TLS_CLIENT_AUTH, SELF_SIGNED_TLS_CLIENT_AUTH ->
                List.of();
        };
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
