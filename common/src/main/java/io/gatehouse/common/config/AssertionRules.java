package io.gatehouse.common.config;

import io.gatehouse.common.model.AuthMethod;
import java.util.List;

/** What must fit in what a client declares of its keys and of authentication by them (RFC 7591, section 2). */
final class AssertionRules {
    private static final String METHOD = "token_endpoint_auth_method";

    private AssertionRules() {}

    /** Whether it authenticates by keys of its own, without a secret. */
    static boolean hasKeys(BootstrapClient client) {
        return client.tokenEndpointAuthMethod().equals(AuthMethod.PRIVATE_KEY_JWT.registeredName());
    }

    static void check(BootstrapClient client, Rules rules) {
        rules.require(
                client.jwks() == null || client.jwksUri() == null,
                "jwks_uri",
                "stands beside jwks: keep one of the two",
                "jwks");
        if (client.jwks() != null) {
            rules.refuse(client.jwks().flaw(), "jwks");
        }
        if (client.jwksUri() != null) {
            rules.refuse(WebUrls.callFlaw(client.jwksUri()), "jwks_uri");
        }
        if (hasKeys(client)) {
            checkKeys(client, rules);
        }
        checkAlgorithm(client, rules);
    }

    private static void checkKeys(BootstrapClient client, Rules rules) {
        rules.require(
                client.jwks() != null || client.jwksUri() != null,
                "jwks",
                "is required with private_key_jwt: give the client's public keys, or jwks_uri",
                METHOD,
                "jwks_uri");
        rules.require(
                client.clientSecret() == null || client.signsBySecret(),
                "client_secret",
                "is of no use with private_key_jwt: remove it",
                METHOD);
    }

    private static void checkAlgorithm(BootstrapClient client, Rules rules) {
        String algorithm = client.tokenEndpointAuthSigningAlg();
        List<String> fitting = AuthMethod.of(client.tokenEndpointAuthMethod()).assertionAlgorithms();
        rules.require(
                algorithm == null || fitting.contains(algorithm),
                "token_endpoint_auth_signing_alg",
                fitting.isEmpty()
                        ? "needs private_key_jwt or client_secret_jwt: remove it, or set " + METHOD
                        : "is none for " + client.tokenEndpointAuthMethod() + ": choose of "
                                + String.join(", ", fitting),
                METHOD);
    }
}
