package io.gatehouse.common.config;

import org.jspecify.annotations.Nullable;

/** What must fit in what a client declares for OpenID Connect. */
final class OpenIdRules {
    private static final String BY_SECRET = "HS256";

    private OpenIdRules() {}

    static void check(BootstrapClient client, Rules rules) {
        checkAlgorithm(client, client.idTokenSignedResponseAlg(), "id_token_signed_response_alg", rules);
        checkAlgorithm(client, client.userinfoSignedResponseAlg(), "userinfo_signed_response_alg", rules);
        checkAlgorithm(client, client.authorizationSignedResponseAlg(), "authorization_signed_response_alg", rules);
        RedirectUris.check("post_logout_redirect_uris", client.postLogoutRedirectUris(), rules);
        client.requestUris().forEach(uri -> rules.refuse(WebUrls.callFlaw(uri), "request_uris"));
        if (client.backchannelLogoutUri() != null) {
            rules.refuse(WebUrls.callFlaw(client.backchannelLogoutUri()), "backchannel_logout_uri");
        }
        checkPage(client.policyUri(), "policy_uri", rules);
        checkPage(client.tosUri(), "tos_uri", rules);
    }

    private static void checkAlgorithm(BootstrapClient client, @Nullable String algorithm, String key, Rules rules) {
        rules.require(
                !BY_SECRET.equals(algorithm) || client.confidential(),
                key,
                "is HS256, which needs a client_secret: a public client has none, choose another",
                "token_endpoint_auth_method");
    }

    private static void checkPage(@Nullable String page, String key, Rules rules) {
        if (page != null) {
            rules.refuse(WebUrls.pageFlaw(page), key);
        }
    }
}
