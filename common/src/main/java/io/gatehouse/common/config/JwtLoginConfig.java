package io.gatehouse.common.config;

import java.util.List;

/**
 * How a client logs users in by a JWT that it signs with a key of its own.
 *
 * @param key at least 32 characters, never the client's secret
 * @param algorithm HS256, HS384 or HS512
 * @param allowUndated whether a JWT without any time counts
 * @param allowAdministrator whether a request that names nobody stands for the tenant's administrator
 * @param requireSignedSelector whether the JWT itself must name the user
 * @param container a claim that may hold the claims about the login
 * @param emailClaim names the user by e-mail address
 * @param phoneClaim names the user by phone number
 * @param employeeIdClaim names the user by employee id
 * @param sourceNetworks from where; empty: from anywhere
 */
public record JwtLoginConfig(
        @Key(
                doc = "The key that signs the JWTs, best as file:PATH; not the client's secret.",
                required = true,
                min = "32",
                max = "512")
        SecretValue key,

        @Key(
                doc = "The only algorithm that counts.",
                defaultValue = "HS256",
                oneOf = {"HS256", "HS384", "HS512"})
        String algorithm,

        @Key(
                doc = "Whether a JWT without exp, iat, nbf or time counts. It can be used again by whoever sees it.",
                defaultValue = "false")
        boolean allowUndated,

        @Key(doc = """
                        Whether a request that names no user logs in the tenant's administrator. Together with
                        allow_undated in the demo only.""", defaultValue = "false") boolean allowAdministrator,

        @Key(doc = "Whether the JWT itself must name the user.", defaultValue = "false")
        boolean requireSignedSelector,

        @Key(doc = "A claim that may hold the claims in an object.", defaultValue = "payload", min = "1", max = "64")
        String container,

        @Key(doc = "The claim with an e-mail address.", defaultValue = "email", min = "1", max = "64")
        String emailClaim,

        @Key(doc = "The claim with a phone number.", defaultValue = "phone", min = "1", max = "64")
        String phoneClaim,

        @Key(doc = "The claim with an employee id.", defaultValue = "babelId", min = "1", max = "64")
        String employeeIdClaim,

        @Key(doc = "Addresses or CIDR blocks it may come from. Empty: any.")
        List<Cidr> sourceNetworks)
        implements Checked {

    /** Copies its list. */
    public JwtLoginConfig {
        sourceNetworks = List.copyOf(sourceNetworks);
    }

    @Override
    public void check(Rules rules) {
        rules.require(
                List.of(emailClaim, phoneClaim, employeeIdClaim).stream()
                                .distinct()
                                .count()
                        == 3,
                "email_claim",
                "is the same as another claim: give each its own");
    }
}
