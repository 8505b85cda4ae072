package io.gatehouse.common.model;

import org.jspecify.annotations.Nullable;

/**
 * What a client registered for mutual TLS (RFC 8705).
 *
 * @param name that its certificate must hold, where it authenticates by one of a trusted authority (section 2.1.2); null: none
 * @param boundAccessTokens whether it gets only access tokens bound to its certificate (section 3.4)
 */
public record ClientCertificates(@Nullable Name name, boolean boundAccessTokens) {
    /** Of a client that registered nothing. */
    public static final ClientCertificates NONE = new ClientCertificates(null, false);

    /** Where in a certificate a name stands. */
    public enum Kind {
        /** The subject, compared as an X.500 name (RFC 4514). */
        SUBJECT_DN,
        SAN_DNS,
        SAN_URI,
        SAN_IP,
        SAN_EMAIL
    }

    /** @param value as it was registered */
    public record Name(Kind kind, String value) {}
}
