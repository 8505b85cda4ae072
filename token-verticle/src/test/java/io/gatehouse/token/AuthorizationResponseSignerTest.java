package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.IdTokens.SignAuthorizationResponse;
import io.gatehouse.common.model.IdTokenAlgorithm;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** JARM, section 4. */
class AuthorizationResponseSignerTest {
    private static TokenNode node;
    private OpenIdSamples sample;

    @BeforeAll
    static void open() {
        node = TokenNode.usual();
    }

    @AfterAll
    static void close() {
        node.close();
    }

    @BeforeEach
    void sample() {
        sample = new OpenIdSamples(node);
    }

    @Test
    void response_holdsWhatWasGivenAndWhoItIsForAndFrom() {
        int end = (int) TokenNode.NOW.getEpochSecond() + 300;
        assertThat(Jwts.claims(sign("code-1", null, null, "s")))
                .isEqualTo(new JsonObject()
                        .put("iss", "https://login.example.org")
                        .put("aud", "web")
                        .put("exp", end)
                        .put("code", "code-1")
                        .put("state", "s"));
        assertThat(Jwts.claims(sign(null, "access_denied", "the user refused", null)))
                .isEqualTo(new JsonObject()
                        .put("iss", "https://login.example.org")
                        .put("aud", "web")
                        .put("exp", end)
                        .put("error", "access_denied")
                        .put("error_description", "the user refused"));
    }

    @ParameterizedTest
    @EnumSource(IdTokenAlgorithm.class)
    void response_isSignedAsTheClientRegistered(IdTokenAlgorithm algorithm) throws Exception {
        sample.algorithm = algorithm;
        sample.responseAlgorithm = algorithm;
        SignedJWT token = Jwts.read(sign("code-1", null, null, "s"));
        assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo(algorithm.jwsName());
        assertThat(
                        algorithm == IdTokenAlgorithm.HS256
                                ? token.verify(new MACVerifier(Samples.SECRET))
                                : Jwts.verifies(token, node.keys("main")))
                .isTrue();
    }

    @Test
    void response_ofAClientThatRegisteredNothing_isRS256() throws Exception {
        assertThat(Jwts.read(sign("code-1", null, null, "s"))
                        .getHeader()
                        .getAlgorithm()
                        .getName())
                .isEqualTo("RS256");
    }

    @Test
    void response_isNoHint() {
        String jwt = sign("code-1", null, null, "s").reveal();
        assertThat(node.ask(sample.hint(jwt)).hint()).isNull();
    }

    @Test
    void whatIsNoResponse_isRefused() {
        refused(request(null, null, null, "s"), "no_authorization_response");
        refused(request("code-1", "access_denied", null, "s"), "no_authorization_response");
        refused(request("code-1", null, "why", "s"), "no_authorization_response");
        refused(request(null, "Access denied", null, "s"), "no_authorization_response");
        refused(request("code-1", null, null, "s".repeat(1025)), "no_authorization_response");
        refused(request("c".repeat(1025), null, null, null), "no_authorization_response");
    }

    @Test
    void clients_madeUpOrOfOthers_areRefused() {
        SignAuthorizationResponse honest = request("code-1", null, null, "s");
        refused(
                new SignAuthorizationResponse("acme", honest.client(), honest.code(), null, null, null),
                "foreign_client_statement");
        sample.attestor = new Attestor(Bytes.utf8("another key of thirty-two bytes!"));
        refused(request("code-1", null, null, "s"), "forged_client_statement");
    }

    private Secret sign(String code, String error, String description, String state) {
        return node.ask(request(code, error, description, state)).jwt();
    }

    private SignAuthorizationResponse request(String code, String error, String description, String state) {
        return new SignAuthorizationResponse(
                "main", sample.client(), code == null ? null : Secret.of(code), error, description, state);
    }

    private static void refused(SignAuthorizationResponse request, String reason) {
        try (CapturedLog audit = new CapturedLog("gatehouse.audit")) {
            OAuthError error = node.refusal(request);
            assertThat(((OAuthError.Protocol) error).code()).isEqualTo(Code.INVALID_REQUEST);
            assertThat(audit.events()).hasSize(1);
            assertThat(audit.events().get(0).getKeyValuePairs().toString()).contains(reason);
        }
    }
}
