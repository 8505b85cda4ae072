package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.KeyPair;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Mirrors the modules of oidcc-dynamic-certification-test-plan with response_type code. That of discovery is in {@link
 * OidccConfigPlanTest}.
 */
class OidccDynamicPlanTest implements DynamicModules {
    @RegisterExtension
    static final ClientSites SITES = new ClientSites("party.example.org");

    @RegisterExtension
    static final RunningNode NODE = DynamicParties.node(SITES);

    private final Caller caller = NODE.caller();

    @Override
    public DynamicParties parties() {
        return new DynamicParties(caller, SITES);
    }

    @Test
    @DisplayName("oidcc-discovery-endpoint-verification")
    void discoveryNamesWhereToRegister() {
        assertThat(discovery().getString("registration_endpoint")).isEqualTo(caller.base() + Registering.PATH);
    }

    @Test
    @DisplayName("oidcc-server")
    void oidccServer() {
        RelyingParty party = parties().party();
        Tokens tokens = party.logIn(somebody());
        Answer userinfo = party.userinfo(tokens.accessToken());
        assertThat(userinfo.text("sub")).isEqualTo(tokens.subject());
    }

    @Test
    @DisplayName("oidcc-idtoken-rs256")
    void oidccIdtokenRs256() {
        JsonObject header = parties()
                .party(DynamicParties.metadata().put("id_token_signed_response_alg", "RS256"))
                .logIn(somebody())
                .idToken()
                .header();
        assertThat(header.getString("alg")).isEqualTo("RS256");
        assertThat(header.getString("kid")).isNotEmpty();
    }

    /** Optional: what is not supported is not promised, and cannot be registered. */
    @Test
    @DisplayName("oidcc-idtoken-unsigned")
    void oidccIdtokenUnsigned() {
        assertThat(discovery().getJsonArray("id_token_signing_alg_values_supported"))
                .doesNotContain("none");
        assertThat(parties()
                        .post(DynamicParties.metadata().put("id_token_signed_response_alg", "none"))
                        .error())
                .isEqualTo("400 invalid_client_metadata");
    }

    @Test
    @DisplayName("oidcc-userinfo-rs256")
    void oidccUserinfoRs256() {
        assertThat(discovery().getJsonArray("userinfo_signing_alg_values_supported"))
                .contains("RS256");
        RelyingParty party = parties().party(DynamicParties.metadata().put("userinfo_signed_response_alg", "RS256"));
        Tokens tokens = party.logIn(somebody());
        Answer userinfo = party.userinfo(tokens.accessToken());
        assertThat(userinfo.header("Content-Type")).isEqualTo("application/jwt");
        JWTClaimsSet claims = new JwtCheck(new CodeFlow(caller, party.clientId(), null), JWSAlgorithm.RS256)
                .signature(userinfo.body());
        assertThat(claims.getSubject()).isEqualTo(tokens.subject());
        assertThat(claims.getIssuer()).isEqualTo(caller.base().toString());
        assertThat(claims.getAudience()).containsExactly(party.clientId());
    }

    @Test
    @DisplayName("oidcc-ensure-redirect-uri-in-authorization-request")
    void oidccEnsureRedirectUriInAuthorizationRequest() {
        RelyingParty party = parties().party();
        Page page = party.open(somebody(), party.request("redirect_uri", null));
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.headers().firstValue("Location")).isEmpty();
    }

    /** The operator rotates between two looks at the JWKS: there is a new key, and the old one still. */
    @Test
    @DisplayName("oidcc-server-rotate-keys")
    void oidccServerRotateKeys() throws InterruptedException {
        Set<String> original = keyIds();
        Answer rotated = NODE.management()
                .postJson("/admin/v1/keys/rotate", "Bearer " + DynamicParties.OPERATOR, "{\"algorithm\":\"RS256\"}");
        assertThat(rotated.status()).as(rotated.body()).isEqualTo(200);
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (keyIds().equals(original) && System.nanoTime() < deadline) {
            Thread.sleep(100);
        }
        assertThat(keyIds()).hasSize(original.size() + 1).containsAll(original);
        assertThat(parties().party().logIn(somebody()).idToken().header().getString("kid"))
                .isIn(original);
    }

    /** Every key is public, valid and has a name of its own. */
    private Set<String> keyIds() {
        JsonArray keys = caller.get("/oauth2/jwks", null).json().getJsonArray("keys");
        Set<String> kids = new HashSet<>();
        for (Object one : keys) {
            JsonObject key = (JsonObject) one;
            assertThat(key.fieldNames()).contains("kty", "kid").doesNotContain("d", "p", "q", "dp", "dq", "qi", "k");
            assertThat(kids.add(key.getString("kid"))).isTrue();
        }
        return kids;
    }

    /** Polls: keys that are not known are asked for again after half a minute only. */
    @Test
    @DisplayName("oidcc-refresh-token-rp-key-rotation")
    void oidccRefreshTokenRpKeyRotation() throws InterruptedException {
        String place = SITES.put("/rotating.json", keys(DynamicParties.KEY, "one"));
        JsonObject metadata = DynamicParties.metadata().put("jwks_uri", place);
        metadata.remove("jwks");
        RelyingParty party = parties().party(metadata);
        Tokens first = party.logIn(somebody(), "scope", "openid offline_access", "prompt", "consent");
        KeyPair next = Assertion.key("EC");
        SITES.put("/rotating.json", keys(next, "two"));
        long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        Answer refreshed = refresh(party, first.refreshToken(), next);
        while (refreshed.status() != 200 && System.nanoTime() < deadline) {
            assertThat(refreshed.error()).isEqualTo("401 invalid_client");
            Thread.sleep(5_000);
            refreshed = refresh(party, first.refreshToken(), next);
        }
        assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
        assertThat(party.userinfo(refreshed.text("access_token")).status()).isEqualTo(200);
    }

    private Answer refresh(RelyingParty party, String refreshToken, KeyPair key) {
        String assertion = Assertion.of(party.clientId(), caller.base().toString(), "ES256")
                .header("kid", "two")
                .signed(key);
        return caller.post(
                "/oauth2/token",
                null,
                "grant_type",
                "refresh_token",
                "refresh_token",
                refreshToken,
                "client_assertion_type",
                FapiParty.ASSERTION_TYPE,
                "client_assertion",
                assertion);
    }

    /** The suite skips it where none is not promised. */
    @Test
    @DisplayName("oidcc-request-uri-unsigned")
    void oidccRequestUriUnsigned() {
        assertThat(discovery().getJsonArray("request_object_signing_alg_values_supported"))
                .doesNotContain("none");
        String place = SITES.put("/unsigned.jwt", 200, "application/oauth-authz-req+jwt", unsigned(), Map.of());
        RelyingParty party = parties().party(DynamicParties.metadata().put("request_uris", new JsonArray().add(place)));
        Map<String, String> request = party.request("request_uri", place);
        assertThat(party.answer(party.open(somebody(), request), request))
                .containsEntry("error", "invalid_request_object")
                .doesNotContainKey("code");
    }

    private static String unsigned() {
        return Assertion.encoded("{\"alg\":\"none\"}") + ".e30.";
    }

    @Test
    @DisplayName("oidcc-request-uri-signed-rs256")
    void oidccRequestUriSignedRs256() {
        assertThat(discovery().getJsonArray("request_object_signing_alg_values_supported"))
                .contains("RS256");
        String place = SITES.uri("/request.jwt");
        RelyingParty party = parties()
                .party(DynamicParties.metadata()
                        .put("request_uris", new JsonArray().add(place))
                        .put("request_object_signing_alg", "RS256"));
        Map<String, String> request = party.request();
        Assertion object = Assertion.of(party.clientId(), caller.base().toString(), "RS256")
                .with("sub", null)
                .with("jti", null)
                .with("iat", null)
                .with("exp", null)
                .header("kid", "rsa");
        for (Map.Entry<String, String> parameter : request.entrySet()) {
            object = object.with(parameter.getKey(), parameter.getValue());
        }
        SITES.put("/request.jwt", 200, "application/oauth-authz-req+jwt", object.signed(DynamicParties.RSA), Map.of());
        Map<String, String> byReference = new LinkedHashMap<>(Map.of(
                "client_id", party.clientId(), "response_type", "code", "scope", "openid", "request_uri", place));
        Person person = somebody();
        Page page = party.open(person, byReference);
        Map<String, String> answer = party.goOn(person, page, request);
        party.tokens(party.redeem(answer.get("code")), request.get("nonce"));
    }

    @Test
    @DisplayName("oidcc-ensure-request-object-with-redirect-uri")
    void oidccEnsureRequestObjectWithRedirectUri() {
        RelyingParty party = parties().party();
        Map<String, String> request = party.request();
        Assertion object = Assertion.of(party.clientId(), caller.base().toString(), "RS256")
                .with("client_id", party.clientId())
                .with("response_type", "code")
                .with("scope", "openid")
                .with("redirect_uri", PlanServer.REDIRECT_URI)
                .with("state", request.get("state"))
                .with("nonce", request.get("nonce"))
                .with("sub", null);
        Map<String, String> wrongBeside = party.request(
                "redirect_uri",
                PlanServer.REDIRECT_URI + "/other",
                "request",
                object.header("kid", "rsa").signed(DynamicParties.RSA));
        assertThat(party.authorize(somebody(), withState(wrongBeside, request.get("state"))))
                .containsKey("code");
    }

    private static Map<String, String> withState(Map<String, String> request, String state) {
        request.put("state", state);
        return request;
    }

    @Test
    @DisplayName("oidcc-refresh-token")
    void oidccRefreshToken() {
        RelyingParty party = parties().party();
        Tokens first = party.logIn(somebody(), "scope", "openid offline_access", "prompt", "consent");
        Answer refreshed = party.refresh(first.refreshToken());
        assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
        assertThat(refreshed.text("access_token")).isNotEqualTo(first.accessToken());
        assertThat(parties().party().refresh(refreshed.text("refresh_token")).error())
                .isEqualTo("400 invalid_grant");
    }

    @Test
    @DisplayName("oidcc-ensure-client-assertion-with-iss-aud-succeeds")
    void oidccEnsureClientAssertionWithIssAudSucceeds() {
        RelyingParty party = parties().party();
        Map<String, String> answer = party.authorize(somebody(), party.request());
        assertThat(party.redeem(answer.get("code")).status()).isEqualTo(200);
    }

    private static String keys(KeyPair key, String kid) {
        return DynamicParties.keys(Assertion.jwk(key, kid)).encode();
    }

    private JsonObject discovery() {
        return caller.get("/.well-known/openid-configuration", null).json();
    }
}
