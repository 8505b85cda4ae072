package io.gatehouse.common.model;

import org.jspecify.annotations.Nullable;

/**
 * What a client registered for the extensions of OAuth 2.0.
 *
 * @param keys null: it has none
 * @param requests null: nothing is demanded
 * @param dpopBoundAccessTokens whether it gets only tokens bound to a key (RFC 9449, section 5.2)
 * @param access null: scopes are all it may ask for
 * @param certificates null: it has none
 * @param exchange null: it may exchange no tokens
 * @param introspectionAlgorithm of the JWTs that answer its introspections (RFC 9701, section 6); null: RS256
 * @param profile null: it is held to none
 */
public record OAuthRegistration(
        @Nullable RegisteredKeys keys,
        @Nullable RequestDemands requests,
        boolean dpopBoundAccessTokens,
        @Nullable AccessLimits access,
        @Nullable ClientCertificates certificates,
        @Nullable ExchangePolicy exchange,
        @Nullable IdTokenAlgorithm introspectionAlgorithm,
        @Nullable SecurityProfile profile) {
    /** Of a client that registered nothing. */
    public static final OAuthRegistration DEFAULT =
            new OAuthRegistration(null, null, false, null, null, null, null, null);

    /** Of a client that registered neither certificates nor token exchange. */
    public OAuthRegistration(
            @Nullable RegisteredKeys keys,
            @Nullable RequestDemands requests,
            boolean dpopBoundAccessTokens,
            @Nullable AccessLimits access) {
        this(keys, requests, dpopBoundAccessTokens, access, null, null, null, null);
    }

    /** Whether it is held to the FAPI 2.0 Security Profile, alone or as part of another. */
    public boolean isFapi() {
        return profile != null;
    }

    /** Whether each of its access tokens is bound, to a key or a certificate, so that it is of no use to who finds it. */
    public boolean demandsBoundTokens() {
        return demandsKeyBoundTokens() || demandsCertificateBoundTokens();
    }

    /** Whether they are bound to a key that it proves by DPoP. */
    public boolean demandsKeyBoundTokens() {
        return dpopBoundAccessTokens || (isFapi() && !demandsCertificateBoundTokens());
    }

    /** Whether they are bound to its certificate. */
    public boolean demandsCertificateBoundTokens() {
        return certificates != null && certificates.boundAccessTokens();
    }

    /** Whether JWTs of that algorithm may come from it and go to it. */
    public boolean allows(String jwsName) {
        return !isFapi() || SecurityProfile.ALGORITHMS.contains(jwsName);
    }

    /** Whether what it asks and is answered is signed (FAPI 2.0 Message Signing). */
    public boolean signsMessages() {
        return profile == SecurityProfile.FAPI_2_MESSAGE_SIGNING;
    }
}
