package io.gatehouse.common.config;

import io.gatehouse.common.model.SecurityProfile;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client may not declare beside a FAPI profile (FAPI 2.0 Security Profile, section 5; FAPI 2.0 Message Signing, section
 * 5). What they demand and nothing contradicts needs no key: it is switched on.
 */
final class FapiRules {
    private static final String METHOD = "token_endpoint_auth_method";

    private static final List<String> METHODS =
            List.of("private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth");

    private static final String DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";

    /** A name may mean another machine (RFC 8252, section 8.3). */
    private static final Pattern LOOPBACK = Pattern.compile("http://(127\\.0\\.0\\.1|\\[::1])([:/?].*)?");

    private FapiRules() {}

    static void check(BootstrapClient client, Rules rules) {
        String profile = client.profile();
        if (profile == null) {
            return;
        }
        rules.require(
                METHODS.contains(client.tokenEndpointAuthMethod()),
                METHOD,
                "is none of " + profile + ": choose of " + String.join(", ", METHODS),
                "profile");
        rules.require(
                !Boolean.FALSE.equals(client.requirePkce()),
                "require_pkce",
                "is false, but " + profile + " demands PKCE: remove it",
                "profile");
        rules.require(
                !Boolean.TRUE.equals(client.rotateRefreshTokens()),
                "rotate_refresh_tokens",
                "is true, which " + profile + " forbids: remove it",
                "profile");
        rules.require(
                client.jwtLogin() == null,
                "jwt_login",
                "gives codes to who never pushed a request, which " + profile + " demands: remove it",
                "profile");
        rules.require(
                !client.grantTypes().contains(DEVICE_CODE),
                "grant_types",
                "holds the device code, which " + profile + " knows not: remove it",
                "profile");
        checkRequests(client, profile, rules);
        checkAlgorithms(client, profile, rules);
    }

    private static void checkRequests(BootstrapClient client, String profile, Rules rules) {
        client.redirectUris().stream()
                .filter(uri -> !isConfidential(uri))
                .forEach(uri -> rules.require(
                        false,
                        "redirect_uris",
                        "holds " + uri + ", but " + profile
                                + " wants https, or http on 127.0.0.1 or [::1] for a native app: change it",
                        "profile"));
        rules.require(
                client.requestUris().isEmpty(),
                "request_uris",
                "is of no use with " + profile + ", whose requests are pushed: remove it",
                "profile");
        rules.require(
                !profile.equals("fapi2_message_signing") || client.jwks() != null || client.jwksUri() != null,
                "jwks",
                "is required with " + profile
                        + ", by which requests are signed: give the client's public keys, or jwks_uri",
                "profile",
                "jwks_uri");
    }

    private static void checkAlgorithms(BootstrapClient client, String profile, Rules rules) {
        // Without openid there are no ID tokens, and the default means nothing.
        if (client.scopes().contains("openid")) {
            checkAlgorithm(client.idTokenSignedResponseAlg(), "id_token_signed_response_alg", profile, rules);
        }
        checkAlgorithm(client.userinfoSignedResponseAlg(), "userinfo_signed_response_alg", profile, rules);
        checkAlgorithm(client.accessTokenSignedResponseAlg(), "access_token_signed_response_alg", profile, rules);
        checkAlgorithm(client.authorizationSignedResponseAlg(), "authorization_signed_response_alg", profile, rules);
        checkAlgorithm(client.introspectionSignedResponseAlg(), "introspection_signed_response_alg", profile, rules);
        checkAlgorithm(client.requestObjectSigningAlg(), "request_object_signing_alg", profile, rules);
        checkAlgorithm(client.tokenEndpointAuthSigningAlg(), "token_endpoint_auth_signing_alg", profile, rules);
    }

    private static void checkAlgorithm(@Nullable String algorithm, String key, String profile, Rules rules) {
        rules.require(
                algorithm == null || SecurityProfile.ALGORITHMS.contains(algorithm),
                key,
                "is " + algorithm + " (the default of some), which " + profile + " does not know: choose of "
                        + String.join(", ", SecurityProfile.ALGORITHMS),
                "profile");
    }

    private static boolean isConfidential(String uri) {
        try {
            return "https".equalsIgnoreCase(URI.create(uri).getScheme())
                    || LOOPBACK.matcher(uri).matches();
        } catch (IllegalArgumentException malformed) {
            // Reported as what it is.
            return true;
        }
    }
}
