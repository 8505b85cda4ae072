package io.gatehouse.common.model;

import org.jspecify.annotations.Nullable;

/** The JWS algorithms that ID tokens, signed userinfo and logout tokens may be signed with (OpenID Connect Core, section 2). */
public enum IdTokenAlgorithm {
    RS256(SigningAlgorithm.RS256),
    ES256(SigningAlgorithm.ES256),
    PS256(SigningAlgorithm.PS256),
    EDDSA(SigningAlgorithm.EDDSA),
    /** By the client's secret (section 10.1), of confidential clients only. */
    HS256(null);

    private final @Nullable SigningAlgorithm byTenant;

    IdTokenAlgorithm(@Nullable SigningAlgorithm byTenant) {
        this.byTenant = byTenant;
    }

    /** The algorithm of the tenant's key; null: the client's secret is the key. */
    public @Nullable SigningAlgorithm byTenant() {
        return byTenant;
    }

    /** Where a client registered none. */
    public static IdTokenAlgorithm defaultOf(OAuthRegistration client) {
        return client.isFapi() ? PS256 : RS256;
    }

    /** The registered name, as in {@code id_token_signed_response_alg}. */
    public String jwsName() {
        return byTenant == null ? name() : byTenant.jwsName();
    }

    /** @throws IllegalArgumentException where we do not sign with it */
    public static IdTokenAlgorithm of(String jwsName) {
        for (IdTokenAlgorithm algorithm : values()) {
            if (algorithm.jwsName().equals(jwsName)) {
                return algorithm;
            }
        }
        throw new IllegalArgumentException("unknown signing algorithm");
    }
}
