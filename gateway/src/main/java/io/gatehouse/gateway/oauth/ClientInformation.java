package io.gatehouse.gateway.oauth;

import io.gatehouse.common.model.AccessLimits;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.ClientCertificates;
import io.gatehouse.common.model.IdTokenAlgorithm;
import io.gatehouse.common.model.OAuthRegistration;
import io.gatehouse.common.model.OpenIdRegistration;
import io.gatehouse.common.model.RegisteredKeys;
import io.gatehouse.common.model.RequestDemands;
import io.gatehouse.common.model.SelfRegistration;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a client is told of what it registered (RFC 7591, section 3.2.1), by the names it registered it by: sent back, it
 * registers the same.
 */
public final class ClientInformation {
    private final JsonObject json = new JsonObject();

    private ClientInformation() {}

    /** A JSON object, without what only its registration itself tells: secret, token and their URI. */
    public static JsonObject of(Client client) {
        ClientInformation all = new ClientInformation();
        all.put("client_id", client.clientId());
        all.json.put("client_id_issued_at", client.createdAt().getEpochSecond());
        all.put("client_name", client.clientName());
        all.put("redirect_uris", client.redirectUris());
        all.json.put("grant_types", new JsonArray(client.grantTypes()));
        all.json.put("response_types", new JsonArray(client.responseTypes()));
        all.put("token_endpoint_auth_method", client.authMethod().registeredName());
        all.put("scope", client.scope().isEmpty() ? null : client.scope().toString());
        all.put(
                "access_token_signed_response_alg",
                client.accessTokenAlgorithm() == null
                        ? null
                        : client.accessTokenAlgorithm().jwsName());
        all.putSoftware(client.selfRegistration());
        all.putOpenId(client.registration());
        all.putExtensions(client.extensions());
        return all.json;
    }

    private void putSoftware(@Nullable SelfRegistration registration) {
        if (registration != null) {
            put("client_uri", registration.clientUri());
            put("logo_uri", registration.logoUri());
            put("contacts", registration.contacts());
            put("software_id", registration.softwareId());
            put("software_version", registration.softwareVersion());
            put("sector_identifier_uri", registration.sectorIdentifierUri());
        }
    }

    private void putOpenId(OpenIdRegistration openId) {
        put("id_token_signed_response_alg", openId.idTokenAlgorithm());
        put("userinfo_signed_response_alg", openId.userinfoAlgorithm());
        if (openId.defaultMaxAge() >= 0) {
            json.put("default_max_age", openId.defaultMaxAge());
        }
        json.put("require_auth_time", openId.requireAuthTime());
        put("post_logout_redirect_uris", openId.postLogoutRedirectUris());
        put("backchannel_logout_uri", openId.backchannelLogoutUri());
        json.put("backchannel_logout_session_required", openId.backchannelLogoutSessionRequired());
        put("policy_uri", openId.policyUri());
        put("tos_uri", openId.tosUri());
        put("subject_type", openId.sector() == null ? "public" : "pairwise");
    }

    private void putExtensions(OAuthRegistration extensions) {
        RegisteredKeys keys = extensions.keys();
        if (keys != null) {
            put("jwks_uri", keys.jwksUri());
            put("token_endpoint_auth_signing_alg", keys.assertionAlgorithm());
            if (keys.jwks() != null) {
                json.put("jwks", new JsonObject(keys.jwks()));
            }
        }
        RequestDemands requests = extensions.requests() == null ? RequestDemands.NONE : extensions.requests();
        json.put("require_pushed_authorization_requests", requests.pushed());
        json.put("require_signed_request_object", requests.signed());
        put("request_object_signing_alg", requests.objectAlgorithm());
        put("request_uris", requests.requestUris());
        put("authorization_signed_response_alg", requests.responseAlgorithm());
        json.put("dpop_bound_access_tokens", extensions.dpopBoundAccessTokens());
        AccessLimits access = extensions.access() == null ? AccessLimits.NONE : extensions.access();
        put("resources", access.resources());
        put("authorization_details_types", access.authorizationDetailsTypes());
        put("introspection_signed_response_alg", extensions.introspectionAlgorithm());
        put(
                "profile",
                extensions.profile() == null ? null : extensions.profile().registeredName());
        putCertificates(extensions.certificates());
    }

    private void putCertificates(@Nullable ClientCertificates certificates) {
        if (certificates != null) {
            json.put("tls_client_certificate_bound_access_tokens", certificates.boundAccessTokens());
            ClientCertificates.Name name = certificates.name();
            if (name != null) {
                put("tls_client_auth_" + name.kind().name().toLowerCase(Locale.ROOT), name.value());
            }
        }
    }

    private void put(String name, @Nullable IdTokenAlgorithm algorithm) {
        put(name, algorithm == null ? null : algorithm.jwsName());
    }

    private void put(String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private void put(String name, List<String> values) {
        if (!values.isEmpty()) {
            json.put(name, new JsonArray(values));
        }
    }
}
