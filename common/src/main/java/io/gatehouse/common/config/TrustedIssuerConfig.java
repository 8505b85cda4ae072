package io.gatehouse.common.config;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whose assertions about users a tenant trusts (RFC 7523, section 2.1).
 *
 * @param issuer the {@code iss} of its assertions
 * @param jwks its public keys, or null: at {@code jwksUri}
 * @param jwksUri where its public keys are fetched, or null: nowhere
 * @param algorithms that it signs by; empty: any that fits its keys
 * @param subject what its {@code sub} is here: a kind of name, or our subject
 * @param clients that may use its assertions
 * @param scope the widest scope that it gives, separated by blanks, or null: the client's
 * @param maxLife of its assertions
 */
public record TrustedIssuerConfig(
        @Key(doc = "The iss of its assertions, compared letter by letter.", required = true, min = "1", max = "512")
        String issuer,

        @Key(doc = "Its public keys as a JWK Set, {keys: [...]}; or jwks_uri.") @Nullable
        JwkSet jwks,

        @Key(doc = """
                        Where its public keys are fetched, in place of jwks: https, or http on a loopback host. A
                        private address must be in http_client.allow.""", max = "2048") @Nullable String jwksUri,

        @Key(
                doc = "The algorithms that it signs by. Empty: any that fits its keys.",
                oneOf = {"ES256", "RS256", "PS256", "EdDSA"})
        List<String> algorithms,

        @Key(
                doc = """
                        What the sub of its assertions is here: the username, the verified email or phone, or the
                        employee_id of a user, or the subject by which our own tokens name it.""",
                required = true,
                oneOf = {"username", "email", "phone", "employee_id", "subject"})
        String subject,

        @Key(doc = "Ids of the clients that may use its assertions: one at least.", min = "1", max = "200")
        List<String> clients,

        @Key(doc = """
                        The widest scope that its assertions give, separated by blanks; never openid or
                        offline_access. Default: what the client may have.""", max = "4096") @Nullable String scope,

        @Key(
                doc = "How far ahead the exp of its assertions may lie at most.",
                defaultValue = "PT5M",
                min = "PT10S",
                max = "PT1H")
        Duration maxLife)
        implements Checked {

    private static final Pattern SCOPE = Pattern.compile("[ !-~&&[^\"\\\\]]+");

    /** Copies its lists. */
    public TrustedIssuerConfig {
        algorithms = List.copyOf(algorithms);
        clients = List.copyOf(clients);
    }

    @Override
    public void check(Rules rules) {
        rules.require(
                (jwks == null) != (jwksUri == null),
                "jwks",
                jwks == null
                        ? "is missing: give the issuer's public keys, or jwks_uri"
                        : "stands beside jwks_uri: keep one of the two",
                "jwks_uri");
        if (jwks != null) {
            rules.refuse(jwks.flaw(), "jwks");
        }
        if (jwksUri != null) {
            rules.refuse(WebUrls.callFlaw(jwksUri), "jwks_uri");
        }
        rules.require(
                scope == null || SCOPE.matcher(scope).matches(),
                "scope",
                "holds characters that RFC 6749 doesn't allow: use visible ASCII separated by blanks");
        rules.require(!clients.isEmpty(), "clients", "is empty: nobody could use its assertions, name a client");
    }

    @Override
    public String toString() {
        return "TrustedIssuerConfig[" + issuer + "]";
    }
}
