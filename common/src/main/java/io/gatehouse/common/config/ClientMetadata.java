package io.gatehouse.common.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Issuer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a client tells of itself (RFC 7591, section 2), bound and checked by the very rules that clients of the configuration
 * are: both are one form.
 *
 * @param client as if it were declared
 * @param software what else it tells
 */
public record ClientMetadata(BootstrapClient client, SoftwareMetadata software) {
    private static final SectionSpec CLIENT = SectionSpec.of(BootstrapClient.class, Map.of());
    private static final SectionSpec SOFTWARE = SectionSpec.of(SoftwareMetadata.class, Map.of());

    /** What a client may say of itself. What only the operator says is a member here like any that nobody knows. */
    private static final Set<String> MEMBERS = Set.of(
            "client_name",
            "redirect_uris",
            "grant_types",
            "response_types",
            "scope",
            "token_endpoint_auth_method",
            "token_endpoint_auth_signing_alg",
            "access_token_signed_response_alg",
            "dpop_bound_access_tokens",
            "id_token_signed_response_alg",
            "userinfo_signed_response_alg",
            "introspection_signed_response_alg",
            "authorization_signed_response_alg",
            "default_max_age",
            "require_auth_time",
            "post_logout_redirect_uris",
            "backchannel_logout_uri",
            "backchannel_logout_session_required",
            "policy_uri",
            "tos_uri",
            "subject_type",
            "sector_identifier_uri",
            "require_pushed_authorization_requests",
            "require_signed_request_object",
            "request_object_signing_alg",
            "request_uris",
            "resources",
            "authorization_details_types",
            "profile",
            "jwks",
            "jwks_uri",
            "tls_client_auth_subject_dn",
            "tls_client_auth_san_dns",
            "tls_client_auth_san_uri",
            "tls_client_auth_san_ip",
            "tls_client_auth_san_email",
            "tls_client_certificate_bound_access_tokens");

    private static final Set<String> ABOUT_SOFTWARE = Set.copyOf(SOFTWARE.names());

    private static final List<String> SIGNED = List.of(
            "id_token_signed_response_alg",
            "userinfo_signed_response_alg",
            "authorization_signed_response_alg",
            "introspection_signed_response_alg");

    /**
     * @param json an object
     * @param secret that the client gets where what it tells needs one
     * @throws io.gatehouse.common.error.OAuthFailure invalid_client_metadata or invalid_redirect_uri, with what to do about it
     */
    public static ClientMetadata read(String tenant, String clientId, String json, SecretValue secret) {
        JsonNode members = MetadataNodes.parse(json);
        Problems problems = new Problems();
        checkGrants(members, problems);
        Map<String, ConfigNode> written = new LinkedHashMap<>();
        written.put("tenant", new ConfigNode.Text(MetadataNodes.ORIGIN, tenant));
        written.put("client_id", new ConfigNode.Text(MetadataNodes.ORIGIN, clientId));
        if (needsSecret(members)) {
            written.put("client_secret", new ConfigNode.Text(MetadataNodes.ORIGIN, secret.reveal()));
        }
        written.putAll(MetadataNodes.of(members, CLIENT, MEMBERS, problems));
        Record client = ConfigBinder.bind(CLIENT, section(written), problems);
        Record software = ConfigBinder.bind(
                SOFTWARE, section(MetadataNodes.of(members, SOFTWARE, ABOUT_SOFTWARE, problems)), problems);
        if (client instanceof BootstrapClient told) {
            SelfRegisteredUrls.check(told, problems);
            SelfRegisteredName.check(told, problems);
        }
        if (!problems.isEmpty() || client == null || software == null) {
            throw refused(problems);
        }
        return new ClientMetadata((BootstrapClient) client, (SoftwareMetadata) software);
    }

    /** Whose tokens may be exchanged is not for the client to say. */
    private static void checkGrants(JsonNode members, Problems problems) {
        for (JsonNode grant : members.path("grant_types")) {
            if (Issuer.TOKEN_EXCHANGE.equals(grant.asText())) {
                problems.add(
                        "grant_types",
                        MetadataNodes.ORIGIN,
                        "holds " + Issuer.TOKEN_EXCHANGE + ", which only the operator gives: leave it out");
                return;
            }
        }
    }

    private static ConfigNode.Section section(Map<String, ConfigNode> entries) {
        return new ConfigNode.Section(MetadataNodes.ORIGIN, entries);
    }

    /** Whether something is shown, or signed, by a secret. */
    private static boolean needsSecret(JsonNode members) {
        String method = members.path("token_endpoint_auth_method").asText("client_secret_basic");
        boolean signed = SIGNED.stream()
                .anyMatch(
                        name -> OpenIdRules.BY_SECRET.equals(members.path(name).asText()));
        return method.startsWith("client_secret_") || (signed && !method.equals("none"));
    }

    private static RuntimeException refused(Problems problems) {
        if (problems.isEmpty()) {
            return OAuthError.failure(Code.INVALID_CLIENT_METADATA, "the metadata is not complete");
        }
        Problem first = problems.all().getFirst();
        Code code = first.path().startsWith("redirect_uris") ? Code.INVALID_REDIRECT_URI : Code.INVALID_CLIENT_METADATA;
        return OAuthError.failure(code, first.path() + " " + first.message());
    }
}
