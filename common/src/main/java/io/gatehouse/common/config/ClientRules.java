package io.gatehouse.common.config;

import java.util.regex.Pattern;

/** What must fit in what a client declares of its id, its secret and its grants (RFC 7591, section 2). */
final class ClientRules {
    private static final String METHOD = "token_endpoint_auth_method";
    private static final String SECRET = "client_secret";
    private static final String GRANTS = "grant_types";

    private static final Pattern VISIBLE = Pattern.compile("[!-~&&[^\"\\\\]]+");
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]+");

    private ClientRules() {}

    static void check(BootstrapClient client, Rules rules) {
        rules.require(
                VISIBLE.matcher(client.clientId()).matches(),
                "client_id",
                "holds a blank, a quote, a backslash or a letter outside ASCII: leave those out");
        rules.require(
                client.scopes().stream()
                        .allMatch(token -> VISIBLE.matcher(token).matches()),
                "scope",
                "holds characters that RFC 6749 doesn't allow: use visible ASCII separated by blanks");
        checkSecret(client, rules);
        checkGrants(client, rules);
        checkJwtLogin(client, rules);
        RedirectUris.check("redirect_uris", client.redirectUris(), rules);
    }

    private static void checkSecret(BootstrapClient client, Rules rules) {
        SecretValue secret = client.clientSecret();
        if (!client.confidential()) {
            rules.require(secret == null, SECRET, "belongs to no public client: remove it", METHOD);
            return;
        }
        rules.require(
                secret != null || AssertionRules.hasKeys(client) || CertificateRules.hasCertificate(client),
                SECRET,
                "is required with " + client.tokenEndpointAuthMethod() + ": give at least 32 characters, or set "
                        + METHOD + ": none",
                METHOD);
        rules.require(
                secret == null || PRINTABLE.matcher(secret.reveal()).matches(),
                SECRET,
                "holds characters outside printable ASCII, which HTTP Basic can't carry: make another");
    }

    private static void checkJwtLogin(BootstrapClient client, Rules rules) {
        JwtLoginConfig login = client.jwtLogin();
        SecretValue secret = client.clientSecret();
        rules.require(
                login == null || secret == null || !login.key().equals(secret),
                "jwt_login",
                "uses the client's secret as its key: make another",
                SECRET);
    }

    private static void checkGrants(BootstrapClient client, Rules rules) {
        rules.require(!client.grantTypes().isEmpty(), GRANTS, "is empty: name at least one");
        rules.require(
                client.confidential() || !client.grantTypes().contains("client_credentials"),
                GRANTS,
                "holds client_credentials, which a public client can't have: remove it",
                METHOD);
        boolean code = client.grantTypes().contains("authorization_code");
        rules.require(
                code || client.responseTypes().isEmpty(),
                "response_types",
                "needs authorization_code among the grant_types: add it, or remove response_types",
                GRANTS);
        // A client that logs users in by its own JWT takes the code from the answer.
        rules.require(
                !code || !client.redirectUris().isEmpty() || client.jwtLogin() != null,
                "redirect_uris",
                "is required with the authorization_code grant (the default grant): name at least one",
                GRANTS);
    }
}
