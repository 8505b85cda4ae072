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
import io.gatehouse.common.message.IdTokens.SignUserinfo;
import io.gatehouse.common.model.IdTokenAlgorithm;
import io.gatehouse.common.model.RequestedClaims;
import io.gatehouse.common.model.TokenFamily;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OpenID Connect Core, section 5.3.2: what the access token lets be told, about its own user, to its own client. */
class UserinfoSignerTest {
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
        sample.userinfoAlgorithm = IdTokenAlgorithm.ES256;
    }

    @AfterEach
    void rewind() {
        node.now = TokenNode.NOW;
    }

    @Test
    void userinfo_tellsWhatScopeAndClaimsAskFor() {
        sample.user.claims = Map.of("locale", "en", "address", "12 Example Street", "iss", "x", "team", "blue");
        sample.login.claims = new RequestedClaims(List.of("email", "iss", "team"), List.of("address"));
        assertThat(signed(accessToken()))
                .isEqualTo(new JsonObject()
                        .put("iss", "https://login.example.org")
                        .put("sub", OpenIdSamples.SUBJECT)
                        .put("aud", "web")
                        .put("name", "Ada Lovelace")
                        .put("preferred_username", "ada")
                        .put("locale", "en")
                        .put("email", "ada@example.org"));
    }

    @Test
    void userinfo_ofANarrowToken_tellsTheSubjectOnly() {
        sample.scope = "openid";
        assertThat(signed(accessToken()).fieldNames()).containsExactlyInAnyOrder("iss", "sub", "aud");
    }

    @ParameterizedTest
    @EnumSource(IdTokenAlgorithm.class)
    void userinfo_isSignedAsTheClientRegistered(IdTokenAlgorithm algorithm) throws Exception {
        sample.userinfoAlgorithm = algorithm;
        SignedJWT token = Jwts.read(node.ask(sample.userinfo(accessToken())).jwt());
        assertThat(token.getHeader().getType().getType()).isEqualTo("JWT");
        assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo(algorithm.jwsName());
        assertThat(
                        algorithm == IdTokenAlgorithm.HS256
                                ? token.verify(new MACVerifier(Samples.SECRET))
                                : Jwts.verifies(token, node.keys("main")))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(TokenFamily.class)
    void accessToken_ofEveryFamily_counts(TokenFamily family) {
        sample.login.family = family;
        assertThat(signed(accessToken()).getString("name")).isEqualTo("Ada Lovelace");
    }

    @Test
    void accessToken_withoutOpenid_isNotEnough() {
        sample.scope = "profile api";
        refused(sample.userinfo(accessToken()), Code.INSUFFICIENT_SCOPE);
    }

    @Test
    void accessToken_ofALoginWithoutTheUser_isRefused() {
        sample.login.family = TokenFamily.BABELBIRD;
        sample.login.amr = List.of("jwt_login");
        refused(sample.userinfo(accessToken()), Code.INVALID_TOKEN);
    }

    /** RFC 9449, section 7: the gateway says which key was proved with it. */
    @Test
    void accessToken_boundToAKey_countsWithThatKeyOnly() {
        sample.login.confirmation = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
        Secret bound = node.issue(sample.login.ticket(), "openid profile").accessToken();
        refused(sample.userinfo(bound), Code.INVALID_TOKEN);
        refused(sample.userinfo(bound, "another"), Code.INVALID_TOKEN);
        JsonObject claims = Jwts.claims(
                node.ask(sample.userinfo(bound, sample.login.confirmation)).jwt());
        assertThat(claims.getString("name")).isEqualTo("Ada Lovelace");
        sample.login.confirmation = null;
        refused(sample.userinfo(accessToken(), "another"), Code.INVALID_TOKEN);
    }

    @Test
    void accessToken_thatIsNone_isRefused() {
        Secret accessToken = accessToken();
        refused(sample.userinfo(sample.idToken()), Code.INVALID_TOKEN);
        refused(sample.userinfo(node.issue(sample.login.client(), "openid").accessToken()), Code.INVALID_TOKEN);
        refused(sample.userinfo(Secret.of(accessToken.reveal() + "A")), Code.INVALID_TOKEN);
        refused(sample.userinfo(Secret.of("none")), Code.INVALID_TOKEN);
        node.now = TokenNode.NOW.plusSeconds(600);
        refused(sample.userinfo(accessToken), Code.INVALID_TOKEN);
    }

    @Test
    void profile_ofAnotherUserOrALaterEpoch_isRefused() {
        Secret accessToken = accessToken();
        sample.user.epoch = 5;
        refused(sample.userinfo(accessToken), Code.INVALID_TOKEN);
        sample.user.epoch = 4;
        sample.user.subject = "7d3f8a52-1c2b-4d3e-9f40-5a6b7c8d9e0f";
        refused(sample.userinfo(accessToken), Code.INVALID_TOKEN);
    }

    @Test
    void statements_ofOthers_areRefused() {
        Secret accessToken = accessToken();
        Attestation profile = sample.profile();
        Attestation client = sample.client();
        refused(new SignUserinfo("acme", accessToken, profile, client), Code.INVALID_TOKEN);
        sample.login.clientId = "spa";
        refused(sample.userinfo(accessToken), Code.INVALID_TOKEN);
        sample.attestor = new Attestor(Bytes.utf8("another key of thirty-two bytes!"));
        refused(new SignUserinfo("main", accessToken, sample.profile(), client), Code.INVALID_TOKEN);
        refused(new SignUserinfo("main", accessToken, profile, sample.client()), Code.INVALID_TOKEN);
    }

    @Test
    void client_thatRegisteredForNone_getsNone() {
        sample.userinfoAlgorithm = null;
        refused(sample.userinfo(accessToken()), Code.INVALID_REQUEST);
    }

    private Secret accessToken() {
        return sample.issued().accessToken();
    }

    private JsonObject signed(Secret accessToken) {
        return Jwts.claims(node.ask(sample.userinfo(accessToken)).jwt());
    }

    private static void refused(SignUserinfo request, Code code) {
        OAuthError error = node.refusal(request);
        assertThat(((OAuthError.Protocol) error).code()).isEqualTo(code);
    }
}
