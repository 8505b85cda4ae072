package io.gatehouse.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.TestGateway;
import io.gatehouse.gateway.oauth.TestNode;
import io.gatehouse.gateway.tls.MutualTls;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Metadata follows from what is mounted (RFC 8414; OpenID Connect Discovery, section 3). */
class MetadataEndpointTest {
    private static final Set<String> GRANT_TYPES = new TreeSet<>(Set.of("authorization_code"));

    private static JsonObject metadata(String... mounted) {
        return new MetadataEndpoint(
                        TestNode.ISSUER,
                        GRANT_TYPES,
                        Set.of(mounted),
                        List.of(),
                        MutualTls.methods(null),
                        tenant -> Future.failedFuture("unused"))
                .describe(TestNode.ISSUER);
    }

    @Test
    void nothingUnmountedIsPromised() {
        JsonObject metadata = metadata("/oauth2/token");

        assertThat(metadata.fieldNames())
                .containsExactlyInAnyOrder(
                        "issuer",
                        "token_endpoint",
                        "dpop_signing_alg_values_supported",
                        "grant_types_supported",
                        "response_types_supported",
                        "token_endpoint_auth_methods_supported",
                        "token_endpoint_auth_signing_alg_values_supported");
        assertThat(metadata.getJsonArray("response_types_supported")).isEmpty();
    }

    @Test
    void aWholeProviderSaysAllThatDiscoveryWants() {
        JsonObject metadata =
                metadata("/oauth2/authorize", "/oauth2/token", "/oauth2/jwks", "/oauth2/userinfo", "/oauth2/logout");

        assertThat(metadata.getString("authorization_endpoint")).isEqualTo(TestNode.ISSUER + "/oauth2/authorize");
        assertThat(metadata.getString("userinfo_endpoint")).isEqualTo(TestNode.ISSUER + "/oauth2/userinfo");
        assertThat(metadata.getString("end_session_endpoint")).isEqualTo(TestNode.ISSUER + "/oauth2/logout");
        assertThat(metadata.getString("jwks_uri")).isEqualTo(TestNode.ISSUER + "/oauth2/jwks");
        assertList(metadata, "response_types_supported", "code");
        assertList(
                metadata,
                "response_modes_supported",
                "query",
                "fragment",
                "form_post",
                "query.jwt",
                "fragment.jwt",
                "form_post.jwt",
                "jwt");
        assertList(metadata, "subject_types_supported", "public", "pairwise");
        assertList(metadata, "code_challenge_methods_supported", "S256");
        assertList(metadata, "prompt_values_supported", "none", "login", "consent", "select_account");
        assertList(metadata, "acr_values_supported", "urn:gatehouse:acr:password", "urn:gatehouse:acr:mfa");
        assertList(metadata, "scopes_supported", "openid", "profile", "email", "phone", "address", "offline_access");
        assertList(metadata, "id_token_signing_alg_values_supported", "RS256", "ES256", "PS256", "EdDSA", "HS256");
        assertList(metadata, "request_object_signing_alg_values_supported", "ES256", "RS256", "PS256", "EdDSA");
        assertThat(metadata.getJsonArray("authorization_signing_alg_values_supported"))
                .isEqualTo(metadata.getJsonArray("id_token_signing_alg_values_supported"));
        assertThat(metadata.getJsonArray("userinfo_signing_alg_values_supported"))
                .isEqualTo(metadata.getJsonArray("id_token_signing_alg_values_supported"));
        assertThat(metadata.getJsonArray("claims_supported"))
                .contains("sub", "auth_time", "sid", "name", "email", "address")
                .doesNotContain("updated_at");
        assertFlags(metadata);
    }

    private static void assertFlags(JsonObject metadata) {
        for (String yes : List.of(
                "claims_parameter_supported",
                "authorization_response_iss_parameter_supported",
                "backchannel_logout_supported",
                "backchannel_logout_session_supported")) {
            assertThat(metadata.getBoolean(yes)).as(yes).isTrue();
        }
        assertThat(metadata.getBoolean("request_parameter_supported")).isTrue();
        assertThat(metadata.getBoolean("require_signed_request_object")).isFalse();
        assertThat(metadata.getBoolean("request_uri_parameter_supported")).isTrue();
        assertThat(metadata.getBoolean("require_request_uri_registration")).isTrue();
    }

    @Test
    void withoutLogoutNobodyHearsOfOne() {
        assertThat(metadata("/oauth2/authorize", "/oauth2/token").fieldNames())
                .contains("authorization_endpoint", "request_uri_parameter_supported")
                .doesNotContain(
                        "end_session_endpoint",
                        "userinfo_endpoint",
                        "userinfo_signing_alg_values_supported",
                        "backchannel_logout_supported");
    }

    /** Both documents are the same one, and it is JSON as it goes over the wire. */
    @Test
    void bothPathsSayTheSame() {
        try (TestGateway gateway = new TestGateway()) {
            JsonObject metadata =
                    gateway.get("/.well-known/openid-configuration").json();

            assertThat(metadata)
                    .isEqualTo(gateway.get("/.well-known/oauth-authorization-server")
                            .json());
            assertThat(metadata.getString("issuer")).isEqualTo(TestNode.ISSUER);
        }
    }

    private static void assertList(JsonObject metadata, String name, String... values) {
        assertThat(metadata.getJsonArray(name)).as(name).isEqualTo(new JsonArray(List.of(values)));
    }
}
