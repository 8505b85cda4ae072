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
import io.gatehouse.common.message.ClientStatement;
import io.gatehouse.common.message.Issuer.Authority.ByClientSecret;
import io.gatehouse.common.message.Issuer.Issue;
import io.gatehouse.common.message.Issuer.Issued;
import io.gatehouse.common.message.ProfileStatement;
import io.gatehouse.common.model.IdTokenAlgorithm;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.TokenFamily;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OpenID Connect Core, sections 2 and 3.1.3: what stands in an ID token, and who gets none. */
class IdTokenIssuerTest {
    private static final Attestor FOREIGN = new Attestor(Bytes.utf8("another key of thirty-two bytes!"));
    private static final long SECONDS = TokenNode.NOW.getEpochSecond();
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
    void idToken_tellsWhoLoggedInWhenAndHow() {
        JsonObject claims = claims();
        String jti = claims.getString("jti");
        assertThat(Base64.getUrlDecoder().decode(jti)).hasSize(16);
        assertThat(claims)
                .isEqualTo(new JsonObject()
                        .put("iss", "https://login.example.org")
                        .put("sub", OpenIdSamples.SUBJECT)
                        .put("aud", "web")
                        .put("azp", "web")
                        .put("jti", jti)
                        .put("iat", (int) SECONDS)
                        .put("exp", (int) SECONDS + 600)
                        .put("auth_time", (int) sample.login.authTime.getEpochSecond())
                        .put("nonce", "n-0S6_WzA2Mj")
                        .put("acr", "urn:gatehouse:acr:password")
                        .put("amr", new JsonArray().add("pwd"))
                        .put("sid", sample.login.sessionId)
                        .put("at_hash", claims.getString("at_hash")));
    }

    @Test
    void idToken_leavesOutWhatThereIsNothingToSayOf() {
        sample.login.idTokenNonce = null;
        sample.login.sessionId = null;
        sample.login.amr = List.of();
        assertThat(claims().fieldNames())
                .containsExactlyInAnyOrder("iss", "sub", "aud", "azp", "jti", "iat", "exp", "auth_time", "at_hash");
        sample.login.amr = List.of("otp");
        assertThat(claims().fieldNames()).contains("amr").doesNotContain("acr");
    }

    @Test
    void idToken_ofATenant_hasItsIssuer() {
        sample.login.tenant = "acme";
        sample.user.tenant = "acme";
        assertThat(claims().getString("iss")).isEqualTo("https://login.example.org/t/acme");
    }

    @Test
    void idToken_livesAsLongAsTheAccessTokenBesideIt() {
        sample.login.grantExpiresAt = TokenNode.NOW.plusSeconds(90);
        Issued issued = sample.issued();
        assertThat(claims(issued).getLong("exp"))
                .isEqualTo(issued.expiresAt().getEpochSecond())
                .isEqualTo(SECONDS + 90);
    }

    @Test
    void idToken_isMadeOnlyWhereItIsWantedAndAllowed() {
        assertThat(sample.issued().idToken()).isNotNull();
        assertThat(node.ask(sample.issue(sample.ticket(), null, sample.profile()))
                        .idToken())
                .as("not wanted")
                .isNull();
        sample.scope = "profile api";
        assertThat(sample.issued().idToken()).as("without openid").isNull();
        sample.scope = "openid";
        for (TokenFamily other : List.of(TokenFamily.LOGIN, TokenFamily.BABELBIRD, TokenFamily.LOGINRADIUS)) {
            sample.login.family = other;
            assertThat(sample.issued().idToken()).as(other.claim()).isNull();
        }
    }

    @Test
    void idToken_ofAClientThatActsForItself_isNone() {
        Attestation client = sample.client();
        Issue byItself = new Issue(
                "main",
                new ByClientSecret(client, Secret.of(Samples.SECRET)),
                Scope.parse("openid"),
                client,
                sample.profile());
        assertThat(node.ask(byItself).idToken()).isNull();
    }

    @ParameterizedTest
    @EnumSource(IdTokenAlgorithm.class)
    void idToken_ofEveryAlgorithm_verifiesAndNamesItsAccessToken(IdTokenAlgorithm algorithm) throws Exception {
        sample.algorithm = algorithm;
        Issued issued = sample.issued();
        SignedJWT token = SignedJWT.parse(Jwts.text(issued.idToken()));
        boolean bySecret = algorithm == IdTokenAlgorithm.HS256;
        assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo(algorithm.jwsName());
        assertThat(token.getHeader().getType().getType()).isEqualTo("JWT");
        assertThat(token.getHeader().getIncludedParams())
                .containsExactlyInAnyOrder(bySecret ? new String[] {"typ", "alg"} : new String[] {"typ", "alg", "kid"});
        assertThat(bySecret ? token.verify(new MACVerifier(Samples.SECRET)) : Jwts.verifies(token, node.keys("main")))
                .isTrue();
        String hash = algorithm == IdTokenAlgorithm.EDDSA ? "SHA-512" : "SHA-256";
        assertThat(claims(issued).getString("at_hash")).isEqualTo(atHash(issued.accessToken(), hash));
    }

    /** OpenID Connect Core, appendix A.3. */
    @Test
    void atHash_isThatOfTheSpecification() {
        assertThat(AtHash.of(Secret.of("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"), IdTokenAlgorithm.RS256))
                .isEqualTo("77QmUPtjPfzWtF2AnpK9RQ");
    }

    @Test
    void statements_madeUp_areRefused() {
        Attestation ticket = sample.ticket();
        Attestation client = sample.client();
        Attestation profile = sample.profile();
        sample.attestor = FOREIGN;
        refused(sample.issue(sample.ticket(), client, profile), "forged_ticket");
        refused(sample.issue(ticket, sample.client(), profile), "forged_client_statement");
        refused(sample.issue(ticket, client, sample.profile()), "forged_profile_statement");
    }

    @Test
    void statements_aboutOthers_areRefused() {
        Attestation ticket = sample.ticket();
        Attestation client = sample.client();
        Attestation profile = sample.profile();
        sample.user.subject = "7d3f8a52-1c2b-4d3e-9f40-5a6b7c8d9e0f";
        refused(sample.issue(ticket, client, sample.profile()), "profile_of_another_user");
        sample.login.clientId = "spa";
        refused(sample.issue(ticket, sample.client(), profile), "client_of_another_ticket");
        sample.user.tenant = "acme";
        sample.user.subject = OpenIdSamples.SUBJECT;
        refused(sample.issue(ticket, client, sample.profile()), "foreign_profile_statement");
        sample.login.clientId = "web";
        sample.login.tenant = "acme";
        Attestation foreign = sample.client();
        sample.login.tenant = "main";
        refused(sample.issue(ticket, foreign, profile), "foreign_client_statement");
    }

    @Test
    void statements_outOfTheirTime_areNobodysFault() {
        OAuthError later = new OAuthError.Unavailable("token");
        Attestation client = node.attestor.attest(new ClientStatement(sample.login.client(), TokenNode.NOW));
        assertThat(node.refusal(sample.issue(sample.ticket(), client, sample.profile())))
                .isEqualTo(later);
        ProfileStatement user = sample.user.profile();
        Attestation late = node.attestor.attest(new ProfileStatement(user.profile(), user.epoch(), TokenNode.NOW));
        assertThat(node.refusal(sample.issue(sample.ticket(), sample.client(), late)))
                .isEqualTo(later);
    }

    /** A box counts only in its place, and without one there is no key: nothing is issued, not even half of it. */
    @Test
    void secret_thatCanNotBeHad_isUnavailableAndIssuesNothing() {
        sample.algorithm = IdTokenAlgorithm.HS256;
        sample.sealed = false;
        unavailable();
        sample.sealed = true;
        sample.sealedFor = "spa";
        unavailable();
        sample.sealedFor = "web";
        assertThat(sample.idToken()).isNotNull();
    }

    private void unavailable() {
        try (CapturedLog audit = new CapturedLog("gatehouse.audit");
                CapturedLog log = new CapturedLog(TokenKeys.class.getName())) {
            assertThat(node.refusal(sample.issue())).isEqualTo(new OAuthError.Unavailable("token"));
            assertThat(audit.events()).isEmpty();
            assertThat(log.lines().toString())
                    .contains("declare the client again")
                    .doesNotContain(Samples.SECRET);
        }
    }

    private static void refused(Issue request, String reason) {
        try (CapturedLog audit = new CapturedLog("gatehouse.audit")) {
            OAuthError error = node.refusal(request);
            assertThat(((OAuthError.Protocol) error).code()).isEqualTo(Code.INVALID_GRANT);
            assertThat(audit.events()).hasSize(1);
            assertThat(audit.events().get(0).getKeyValuePairs().toString()).contains(reason);
        }
    }

    private JsonObject claims() {
        return claims(sample.issued());
    }

    private static JsonObject claims(Issued issued) {
        return Jwts.claims(Objects.requireNonNull(issued.idToken()));
    }

    private static String atHash(Secret accessToken, String algorithm) throws Exception {
        byte[] text = accessToken.reveal().getBytes(StandardCharsets.US_ASCII);
        byte[] hash = MessageDigest.getInstance(algorithm).digest(text);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, hash.length / 2));
    }
}
