package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.IdTokens.SignLogout;
import io.gatehouse.common.message.LogoutStatement;
import io.gatehouse.common.model.IdTokenAlgorithm;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OpenID Connect Back-Channel Logout, section 2.4. */
class LogoutSignerTest {
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
    void token_namesTheSessionThatEnded() {
        JsonObject claims = Jwts.claims(sign());
        int seconds = (int) TokenNode.NOW.getEpochSecond();
        String jti = claims.getString("jti");
        assertThat(Base64.getUrlDecoder().decode(jti)).hasSize(16);
        assertThat(claims)
                .isEqualTo(new JsonObject()
                        .put("iss", "https://login.example.org")
                        .put("sub", OpenIdSamples.SUBJECT)
                        .put("aud", "web")
                        .put("jti", jti)
                        .put("iat", seconds)
                        .put("exp", seconds + 120)
                        .put("sid", sample.login.sessionId)
                        .put(
                                "events",
                                new JsonObject()
                                        .put("http://schemas.openid.net/event/backchannel-logout", new JsonObject())));
    }

    @ParameterizedTest
    @EnumSource(IdTokenAlgorithm.class)
    void token_isSignedAsTheClientsIdTokens(IdTokenAlgorithm algorithm) throws Exception {
        sample.algorithm = algorithm;
        SignedJWT token = Jwts.read(sign());
        assertThat(token.getHeader().getType().getType()).isEqualTo("logout+jwt");
        assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo(algorithm.jwsName());
        assertThat(
                        algorithm == IdTokenAlgorithm.HS256
                                ? token.verify(new MACVerifier(Samples.SECRET))
                                : Jwts.verifies(token, node.keys("main")))
                .isTrue();
    }

    @Test
    void statements_madeUp_areRefused() {
        Attestation logout = sample.logout();
        Attestation client = sample.client();
        sample.attestor = new Attestor(Bytes.utf8("another key of thirty-two bytes!"));
        refused(new SignLogout("main", sample.logout(), client), "forged_logout_statement");
        refused(new SignLogout("main", logout, sample.client()), "forged_client_statement");
        // Of the right maker, but about something else.
        sample.attestor = node.attestor;
        refused(new SignLogout("main", sample.ticket(), client), "forged_logout_statement");
    }

    @Test
    void statements_aboutOthers_areRefused() {
        Attestation logout = sample.logout();
        Attestation client = sample.client();
        refused(new SignLogout("acme", logout, client), "foreign_logout_statement");
        sample.login.clientId = "spa";
        refused(new SignLogout("main", logout, sample.client()), "client_of_another_logout");
        refused(new SignLogout("main", sample.logout(), client), "client_of_another_logout");
    }

    @Test
    void statement_outOfItsTime_isTriedAgain() {
        Attestation late =
                node.attestor.attest(new LogoutStatement("main", "web", OpenIdSamples.SUBJECT, "sid", TokenNode.NOW));
        assertThat(node.refusal(new SignLogout("main", late, sample.client())))
                .isEqualTo(new OAuthError.Unavailable("token"));
    }

    private Secret sign() {
        return node.ask(sample.signLogout()).jwt();
    }

    private static void refused(SignLogout request, String reason) {
        try (CapturedLog audit = new CapturedLog("gatehouse.audit")) {
            OAuthError error = node.refusal(request);
            assertThat(((OAuthError.Protocol) error).code()).isEqualTo(Code.INVALID_REQUEST);
            assertThat(audit.events()).hasSize(1);
            assertThat(audit.events().get(0).getKeyValuePairs().toString()).contains(reason);
        }
    }
}
