package io.gatehouse.common.config;

import io.gatehouse.common.model.RegistrationPolicy.StatementIssuer;

/**
 * Somebody whose software statements count.
 *
 * @param issuer the {@code iss} of the statements
 * @param jwks the public keys that sign them
 */
public record StatementIssuerConfig(
        @Key(doc = "The iss of its software statements, compared letter by letter.", required = true, max = "512")
        String issuer,

        @Key(doc = "Its public keys as a JWK Set, {keys: [...]}. Never private ones.", required = true)
        JwkSet jwks)
        implements Checked {
    @Override
    public void check(Rules rules) {
        rules.refuse(jwks.flaw(), "jwks");
    }

    StatementIssuer trusted() {
        return new StatementIssuer(issuer, jwks.publicKeys());
    }
}
