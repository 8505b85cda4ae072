package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.text.ParseException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Mirrors the module of oidcc-config-certification-test-plan. */
class OidccConfigPlanTest {
    private static final List<String> ENDPOINTS = List.of(
            "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri", "end_session_endpoint");

    @RegisterExtension
    static final RunningNode NODE = PlanServer.node();

    /** But for https, which a loopback issuer does without. */
    @Test
    @DisplayName("oidcc-discovery-endpoint-verification")
    void oidccDiscoveryEndpointVerification() throws ParseException {
        Answer answer = NODE.caller().get("/.well-known/openid-configuration", null);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        JsonObject metadata = answer.json();
        checkPlaces(metadata);
        checkPromises(metadata);
        checkKeys(NODE.caller().get("/oauth2/jwks", null).body());
    }

    private static void checkPlaces(JsonObject metadata) {
        String issuer = NODE.caller().base().toString();
        assertThat(metadata.getString("issuer")).isEqualTo(issuer);
        for (String name : ENDPOINTS) {
            assertThat(metadata.getString(name))
                    .as(name)
                    .startsWith(issuer + "/")
                    .doesNotContain("#");
        }
    }

    private static void checkPromises(JsonObject metadata) {
        assertThat(texts(metadata, "response_types_supported")).containsExactly("code");
        assertThat(texts(metadata, "response_modes_supported")).contains("query", "fragment", "form_post");
        assertThat(texts(metadata, "grant_types_supported")).contains("authorization_code", "refresh_token");
        assertThat(texts(metadata, "subject_types_supported")).contains("public");
        assertThat(texts(metadata, "id_token_signing_alg_values_supported")).contains("RS256");
        assertThat(texts(metadata, "token_endpoint_auth_methods_supported"))
                .contains("client_secret_basic", "client_secret_post");
        assertThat(texts(metadata, "scopes_supported")).contains("openid");
        assertThat(texts(metadata, "claims_supported")).contains("sub", "name", "email");
        assertThat(texts(metadata, "code_challenge_methods_supported")).containsExactly("S256");
        assertThat(metadata.getBoolean("claims_parameter_supported")).isTrue();
        assertThat(metadata.getBoolean("request_parameter_supported")).isTrue();
        assertThat(texts(metadata, "request_object_signing_alg_values_supported"))
                .contains("RS256")
                .doesNotContain("none");
        assertThat(metadata.getBoolean("request_uri_parameter_supported")).isTrue();
        assertThat(metadata.getBoolean("require_request_uri_registration")).isTrue();
    }

    /** Public ones, each with a name of its own, those of the promised algorithms among them. */
    private static void checkKeys(String jwks) throws ParseException {
        List<JWK> keys = JWKSet.parse(jwks).getKeys();
        assertThat(keys).noneMatch(JWK::isPrivate);
        assertThat(keys).extracting(JWK::getKeyID).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(keys).extracting(key -> key.getAlgorithm().getName()).contains("ES256", "RS256");
    }

    private static List<String> texts(JsonObject metadata, String name) {
        JsonArray values = metadata.getJsonArray(name);
        assertThat(values).as(name).isNotNull();
        return values.stream().map(String.class::cast).toList();
    }
}
