package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 8414 demands of the metadata of an authorization server. */
class Rfc8414Test {
    private static final String WELL_KNOWN = "/.well-known/oauth-authorization-server";

    @RegisterExtension
    static final RunningNode NODE = RunningNode.configured("""
            bootstrap:
              tenants:
                - {id: acme}
            """);

    private final Caller caller = NODE.caller();
    private final String issuer = caller.base().toString();

    private JsonObject metadata() {
        return caller.get(WELL_KNOWN, null).json();
    }

    @Test
    @DisplayName("RFC 8414, 2: issuer, endpoints and response types are there")
    void whatIsRequiredIsThere() {
        JsonObject metadata = metadata();
        assertThat(metadata.getString("issuer")).isEqualTo(issuer).doesNotContain("?", "#");
        for (String endpoint : new String[] {"authorization_endpoint", "token_endpoint", "jwks_uri"}) {
            assertThat(metadata.getString(endpoint)).as(endpoint).startsWith(issuer + "/");
        }
        assertThat(metadata.getJsonArray("response_types_supported")).containsExactly("code");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grant_types_supported",
                "token_endpoint_auth_methods_supported",
                "revocation_endpoint_auth_methods_supported",
                "introspection_endpoint_auth_methods_supported",
                "response_modes_supported",
                "code_challenge_methods_supported"
            })
    @DisplayName("RFC 8414, 2: where a default would say less than the truth, the truth is said")
    void defaultsAreSpelledOut(String member) {
        assertThat(metadata().getJsonArray(member)).isNotEmpty();
    }

    @Test
    @DisplayName("RFC 8414, 2: with JWT methods their algorithms must be there, and none must not be among them")
    void theAlgorithmsOfAssertions() {
        JsonArray algorithms = metadata().getJsonArray("token_endpoint_auth_signing_alg_values_supported");
        assertThat(algorithms).contains("ES256", "PS256").doesNotContain("none");
    }

    @Test
    @DisplayName("RFC 8414, 3: for an issuer with a path the well-known part stands before the path")
    void aPathComesBehind() {
        JsonObject metadata = caller.get(WELL_KNOWN + "/t/acme", null).json();
        assertThat(metadata.getString("issuer")).isEqualTo(issuer + "/t/acme");
        assertThat(metadata.getString("token_endpoint")).isEqualTo(issuer + "/t/acme/oauth2/token");
    }

    @Test
    @DisplayName("RFC 8414, 3.1: the document is asked for by GET")
    void byGetOnly() {
        assertThat(caller.send("POST", WELL_KNOWN).status()).isEqualTo(405);
    }

    @Test
    @DisplayName("RFC 8414, 3.2: the answer is 200 and JSON, without empty arrays")
    void theAnswerIsJson() {
        Answer answer = caller.get(WELL_KNOWN, null);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        answer.json().forEach(member -> {
            if (member.getValue() instanceof JsonArray array) {
                assertThat(array).as(member.getKey()).isNotEmpty();
            }
        });
    }

    @Test
    @DisplayName("RFC 8414, 3.3: the issuer is letter by letter that of the tokens and of the address")
    void theIssuerIsTheSameEverywhere() {
        assertThat(metadata().getString("issuer") + WELL_KNOWN).isEqualTo(issuer + WELL_KNOWN);
        assertThat(caller.get("/.well-known/openid-configuration", null).json().getString("issuer"))
                .isEqualTo(issuer);
    }

    @Test
    @DisplayName("RFC 8414, 6.2: who asks by another name for this server gets no other issuer")
    void theHostHeaderDecidesNothing() {
        Answer answer = caller.send("GET", WELL_KNOWN, "", "X-Forwarded-Host", "attacker.example");
        assertThat(answer.json().getString("issuer")).isEqualTo(issuer);
    }
}
