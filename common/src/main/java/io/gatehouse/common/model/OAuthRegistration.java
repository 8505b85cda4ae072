package io.gatehouse.common.model;

import org.jspecify.annotations.Nullable;

/**
 * What a client registered for the extensions of OAuth 2.0.
 *
 * @param keys null: it has none
 * @param requests null: nothing is demanded
 * @param dpopBoundAccessTokens whether it gets only tokens bound to a key (RFC 9449, section 5.2)
 * @param access null: scopes are all it may ask for
 */
public record OAuthRegistration(
        @Nullable RegisteredKeys keys,
        @Nullable RequestDemands requests,
        boolean dpopBoundAccessTokens,
        @Nullable AccessLimits access) {
    /** Of a client that registered nothing. */
    public static final OAuthRegistration DEFAULT = new OAuthRegistration(null, null, false, null);
}
