package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import io.vertx.core.json.JsonObject;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Modules about requests and the answers to them. */
interface FapiRequestModules extends FapiModules {
    @Test
    @DisplayName("fapi2-security-profile-final-discovery-end-point-verification")
    default void discoveryEndPointVerification() {
        JsonObject metadata =
                first().caller().get("/.well-known/openid-configuration", null).json();
        String issuer = first().issuer();
        assertThat(metadata.getString("issuer")).isEqualTo(issuer);
        assertThat(metadata.getString("pushed_authorization_request_endpoint")).startsWith(issuer);
        assertThat(metadata.getJsonArray("code_challenge_methods_supported")).containsExactly("S256");
        assertThat(metadata.getBoolean("authorization_response_iss_parameter_supported"))
                .isTrue();
        assertThat(metadata.getJsonArray("token_endpoint_auth_methods_supported"))
                .contains("private_key_jwt");
        for (String name : List.of(
                "token_endpoint_auth_signing_alg_values_supported",
                "dpop_signing_alg_values_supported",
                "request_object_signing_alg_values_supported",
                "id_token_signing_alg_values_supported",
                "authorization_signing_alg_values_supported",
                "introspection_signing_alg_values_supported")) {
            assertThat(metadata.getJsonArray(name))
                    .as(name)
                    .contains("PS256", "ES256", "EdDSA")
                    .doesNotContain("none");
        }
    }

    @Test
    @DisplayName("fapi2-security-profile-final-happy-flow")
    default void happyFlow() {
        for (FapiParty party : List.of(first(), second())) {
            Person person = somebody();
            Answer answer = party.redeem(party.code(person));
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.text("token_type")).isEqualTo("DPoP");
            String token = answer.text("access_token");
            assertThat(party.userinfo(token, party.proofWith(token)).text("email"))
                    .isEqualTo("ada@example.org");
            FapiParty other = party.clientId().equals("one") ? second() : first();
            assertThat(other.userinfo(token, other.proofWith(token)).status()).isEqualTo(401);
        }
    }

    @Test
    @DisplayName("fapi2-security-profile-final-user-rejects-authentication")
    default void userRejectsAuthentication() {
        for (FapiParty party : List.of(first(), second())) {
            Person person = somebody();
            Map<String, String> request = party.request("prompt", "consent");
            Page consent = person.logIn(party.open(person, FapiParty.requestUri(party.push(request))));
            assertThat(party.answer(person.submit(consent, "decision", "deny")))
                    .containsEntry("error", "access_denied")
                    .containsEntry("state", request.get("state"))
                    .doesNotContainKey("code");
        }
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-authorization-request-without-state-success")
    default void withoutState() {
        assertThat(first().authorize(somebody(), first().request("state", null)))
                .containsKey("code")
                .doesNotContainKey("state");
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-authorization-request-without-nonce-success")
    default void withoutNonce() throws ParseException {
        assertThat(idToken(tokens("nonce", null)).getClaim("nonce")).isNull();
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-authorization-request-with-64-char-nonce-success")
    default void with64CharNonce() throws ParseException {
        String nonce = "n".repeat(64);
        assertThat(idToken(tokens("nonce", nonce)).getStringClaim("nonce")).isEqualTo(nonce);
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-authorization-request-with-long-nonce")
    default void withLongNonce() {
        assertThat(first().push(first().request("nonce", "n".repeat(384))).error())
                .isEqualTo("400 invalid_request");
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-authorization-request-with-long-state")
    default void withLongState() {
        String state = "s".repeat(1000);
        assertThat(first().authorize(somebody(), first().request("state", state)))
                .containsEntry("state", state);
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-other-scope-order-succeeds")
    default void otherScopeOrder() {
        assertThat(tokens("scope", "email openid").text("id_token")).isNotEmpty();
    }

    @Test
    @DisplayName("fapi2-security-profile-final-test-claims-parameter-identity-claims")
    default void claimsParameter() {
        String token = tokens("scope", "openid", "claims", "{\"userinfo\":{\"email\":{\"essential\":true}}}")
                .text("access_token");
        assertThat(first().userinfo(token, first().proofWith(token)).text("email"))
                .isEqualTo("ada@example.org");
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-different-nonce-inside-and-outside-request-object")
    default void differentNonceOutside() throws ParseException {
        Map<String, String> request = first().request();
        Answer tokens = first().redeem(outside(request, "nonce", "another").get("code"));
        assertThat(idToken(tokens).getStringClaim("nonce")).isEqualTo(request.get("nonce"));
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-different-state-inside-and-outside-request-object")
    default void differentStateOutside() {
        Map<String, String> request = first().request();
        assertThat(outside(request, "state", "another")).containsEntry("state", request.get("state"));
    }

    @Test
    @DisplayName("fapi2-security-profile-final-state-only-outside-request-object-not-used")
    default void stateOnlyOutside() {
        assertThat(outside(first().request("state", null), "state", "another"))
                .containsKey("code")
                .doesNotContainKey("state");
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-request-object-without-redirect-uri-fails")
    default void withoutRedirectUri() {
        assertThat(first().push(first().request("redirect_uri", null)).error()).isEqualTo("400 invalid_request");
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-redirect-uri-in-authorization-request")
    default void withoutRedirectUriAndOpenid() {
        assertThat(first().push(first().request("redirect_uri", null, "scope", "email"))
                        .error())
                .isEqualTo("400 invalid_request");
    }

    @Test
    @DisplayName("fapi2-security-profile-final-plain-fapi-tolerate-unregistered-redirect-uri")
    default void unregisteredRedirectUri() {
        assertThat(first().push(first().request("redirect_uri", FapiParty.REDIRECT_URI + "/other"))
                        .error())
                .isEqualTo("400 invalid_request");
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-unsigned-authorization-request-without-using-par-fails")
    default void withoutPushing() {
        Page page = somebody().open("/oauth2/authorize?" + Caller.form(RelyingParty.pairs(first().request())));
        assertThat(first().answer(page))
                .containsEntry("error", "invalid_request")
                .doesNotContainKey("code");
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-response-type-code-idtoken-fails")
    default void codeAndIdToken() {
        assertThat(first().push(first().request("response_type", "code id_token"))
                        .error())
                .isEqualTo("400 unsupported_response_type");
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-response-type-token-fails")
    default void token() {
        assertThat(first().push(first().request("response_type", "token")).error())
                .isEqualTo("400 unsupported_response_type");
    }

    /** What comes of a pushed request that the browser adds to. */
    private Map<String, String> outside(Map<String, String> request, String name, String value) {
        Person person = somebody();
        String requestUri = FapiParty.requestUri(first().push(request));
        return first().answer(person.goOn(first().open(person, requestUri, name, value)));
    }

    private JWTClaimsSet idToken(Answer tokens) {
        return new JwtCheck(new CodeFlow(first().caller(), first().clientId(), null), JWSAlgorithm.PS256)
                .signature(tokens.text("id_token"));
    }
}
