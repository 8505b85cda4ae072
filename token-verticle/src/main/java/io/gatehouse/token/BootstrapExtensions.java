package io.gatehouse.token;

import io.gatehouse.common.config.BootstrapClient;
import io.gatehouse.common.config.JwkSet;
import io.gatehouse.common.config.TokenExchangeConfig;
import io.gatehouse.common.model.AccessLimits;
import io.gatehouse.common.model.ExchangePolicy;
import io.gatehouse.common.model.IdTokenAlgorithm;
import io.gatehouse.common.model.OAuthRegistration;
import io.gatehouse.common.model.RegisteredKeys;
import io.gatehouse.common.model.RequestDemands;
import io.gatehouse.common.model.SecurityProfile;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client of the configuration declares for extensions of OAuth 2.0, in the words of the domain. */
final class BootstrapExtensions {
    private static final String DEFAULT_AUDIENCE = "default";

    private static final Map<String, SecurityProfile> PROFILES = Map.of(
            "fapi2_security", SecurityProfile.FAPI_2_SECURITY,
            "fapi2_message_signing", SecurityProfile.FAPI_2_MESSAGE_SIGNING);

    private BootstrapExtensions() {}

    /** Null where it declares nothing, as if nothing were written: what a start before these keys stored is no other client. */
    static @Nullable OAuthRegistration of(BootstrapClient declared) {
        OAuthRegistration registration = new OAuthRegistration(
                keys(declared),
                requests(declared),
                declared.dpopBoundAccessTokens(),
                access(declared),
                declared.certificates(),
                exchange(declared),
                algorithm(declared.introspectionSignedResponseAlg()),
                profile(declared.profile()));
        return registration.equals(OAuthRegistration.DEFAULT) ? null : registration;
    }

    private static @Nullable ExchangePolicy exchange(BootstrapClient declared) {
        TokenExchangeConfig config = declared.tokenExchange();
        return config == null
                ? null
                : new ExchangePolicy(config.subjectClients(), config.impersonation(), config.delegation());
    }

    private static @Nullable AccessLimits access(BootstrapClient declared) {
        AccessLimits limits = new AccessLimits(
                declared.resources(),
                declared.authorizationDetailsTypes(),
                declared.serves().stream()
                        .filter(uri -> !uri.equals(DEFAULT_AUDIENCE))
                        .toList(),
                declared.serves().contains(DEFAULT_AUDIENCE));
        return limits.equals(AccessLimits.NONE) ? null : limits;
    }

    private static @Nullable IdTokenAlgorithm algorithm(@Nullable String jwsName) {
        return jwsName == null ? null : IdTokenAlgorithm.of(jwsName);
    }

    private static @Nullable SecurityProfile profile(@Nullable String name) {
        return name == null ? null : PROFILES.get(name);
    }

    private static @Nullable RegisteredKeys keys(BootstrapClient declared) {
        JwkSet jwks = declared.jwks();
        RegisteredKeys keys = new RegisteredKeys(
                jwks == null ? null : jwks.publicKeys(), declared.jwksUri(), declared.tokenEndpointAuthSigningAlg());
        return keys.equals(new RegisteredKeys(null, null, null)) ? null : keys;
    }

    private static @Nullable RequestDemands requests(BootstrapClient declared) {
        SecurityProfile profile = profile(declared.profile());
        RequestDemands demands = new RequestDemands(
                declared.requirePushedAuthorizationRequests() || profile != null,
                declared.requireSignedRequestObject() || profile == SecurityProfile.FAPI_2_MESSAGE_SIGNING,
                declared.requestObjectSigningAlg(),
                declared.requestUris(),
                algorithm(declared.authorizationSignedResponseAlg()));
        return demands.equals(RequestDemands.NONE) ? null : demands;
    }
}
