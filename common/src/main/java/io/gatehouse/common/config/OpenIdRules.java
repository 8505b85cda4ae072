package io.gatehouse.common.config;

import org.jspecify.annotations.Nullable;

/** What must fit in what a client declares for OpenID Connect. */
final class OpenIdRules {
    static final String BY_SECRET = "HS256";

    /** Of what a client may serve: whatever its name is. */
    static final String DEFAULT_AUDIENCE = "default";

    private OpenIdRules() {}

    static void check(BootstrapClient client, Rules rules) {
        checkAlgorithm(client, client.idTokenSignedResponseAlg(), "id_token_signed_response_alg", rules);
        checkAlgorithm(client, client.userinfoSignedResponseAlg(), "userinfo_signed_response_alg", rules);
        checkAlgorithm(client, client.authorizationSignedResponseAlg(), "authorization_signed_response_alg", rules);
        checkAlgorithm(client, client.introspectionSignedResponseAlg(), "introspection_signed_response_alg", rules);
        RedirectUris.check("post_logout_redirect_uris", client.postLogoutRedirectUris(), rules);
        client.requestUris().forEach(uri -> rules.refuse(WebUrls.callFlaw(uri), "request_uris"));
        client.resources().forEach(uri -> rules.refuse(WebUrls.resourceFlaw(uri), "resources"));
        client.serves().stream()
                .filter(uri -> !uri.equals(DEFAULT_AUDIENCE))
                .forEach(uri -> rules.refuse(WebUrls.resourceFlaw(uri), "serves"));
        rules.require(
                client.serves().isEmpty() || client.confidential(),
                "serves",
                "is of no use to a public client, which may not introspect: give it a way to authenticate",
                "token_endpoint_auth_method");
        if (client.backchannelLogoutUri() != null) {
            rules.refuse(WebUrls.callFlaw(client.backchannelLogoutUri()), "backchannel_logout_uri");
        }
        checkPage(client.policyUri(), "policy_uri", rules);
        checkPage(client.tosUri(), "tos_uri", rules);
        checkSector(client, rules);
        checkRequestObjects(client, rules);
    }

    private static void checkRequestObjects(BootstrapClient client, Rules rules) {
        boolean hasKeys = client.jwks() != null || client.jwksUri() != null;
        checkSigner(hasKeys || !client.requireSignedRequestObject(), "require_signed_request_object", rules);
        checkSigner(hasKeys || client.requestObjectSigningAlg() == null, "request_object_signing_alg", rules);
        checkSigner(hasKeys || client.requestUris().isEmpty(), "request_uris", rules);
    }

    private static void checkSigner(boolean fits, String key, Rules rules) {
        rules.require(
                fits,
                key,
                "is of no use without public keys, by which request objects are verified: give jwks or jwks_uri, or"
                        + " remove it",
                "jwks",
                "jwks_uri");
    }

    private static void checkSector(BootstrapClient client, Rules rules) {
        String key = "sector_identifier_uri";
        if (client.sectorIdentifierUri() != null) {
            rules.refuse(Sector.flaw(client.sectorIdentifierUri()), key);
            rules.require(
                    client.isPairwise(),
                    key,
                    "counts only with subject_type: pairwise: set that, or remove it",
                    "subject_type");
            return;
        }
        rules.require(
                !client.isPairwise() || client.sector() != null,
                "subject_type",
                "is pairwise, but the redirect_uris have no one host that could be the sector: set " + key
                        + " to an https URL of yours, the same for all clients that shall know a user by one sub",
                key,
                "redirect_uris");
    }

    private static void checkAlgorithm(BootstrapClient client, @Nullable String algorithm, String key, Rules rules) {
        rules.require(
                !BY_SECRET.equals(algorithm) || client.confidential(),
                key,
                "is HS256, which needs a client_secret: a public client has none, choose another",
                "token_endpoint_auth_method");
        rules.require(
                !BY_SECRET.equals(algorithm) || client.clientSecret() != null || !AssertionRules.hasKeys(client),
                key,
                "is HS256, which needs a client_secret: add one, or choose another",
                "token_endpoint_auth_method",
                "client_secret");
    }

    private static void checkPage(@Nullable String page, String key, Rules rules) {
        if (page != null) {
            rules.refuse(WebUrls.pageFlaw(page), key);
        }
    }
}
