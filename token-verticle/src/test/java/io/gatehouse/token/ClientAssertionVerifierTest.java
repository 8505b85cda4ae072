package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.ClientAssertions;
import io.gatehouse.common.message.ClientAssertions.Verified;
import io.gatehouse.common.message.ClientAssertions.Verify;
import io.gatehouse.common.message.ClientAuthentication;
import io.gatehouse.common.message.ClientStatement;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.OAuthRegistration;
import io.gatehouse.common.model.RegisteredKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the token role states, and what a gateway can't make it state. */
class ClientAssertionVerifierTest {
    private static final String ISSUER = "https://login.example.org";
    private static final Instant NOW = TokenNode.NOW;
    private static TokenNode node;
    private static ECKey key;
    private static ECKey other;

    private final Samples sample = new Samples();

    @BeforeAll
    static void open() throws JOSEException {
        node = TokenNode.usual();
        key = new ECKeyGenerator(Curve.P_256).keyID("a").generate();
        other = new ECKeyGenerator(Curve.P_256).keyID("b").generate();
    }

    @AfterAll
    static void close() {
        node.close();
    }

    @BeforeEach
    void register() {
        sample.authMethod = AuthMethod.PRIVATE_KEY_JWT;
        register(set(key), null);
    }

    private void register(@Nullable String jwks, @Nullable String jwksUri) {
        sample.oauth = new OAuthRegistration(new RegisteredKeys(jwks, jwksUri, null), null, false, null);
    }

    private static String set(JWK... keys) {
        return new JWKSet(List.of(keys)).toString(true);
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("web")
                .subject("web")
                .audience(ISSUER)
                .jwtID("jti")
                .expirationTime(Date.from(NOW.plusSeconds(60)));
    }

    private static String signed(JWTClaimsSet.Builder claims, ECKey by) {
        try {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .keyID(by.getKeyID())
                            .build(),
                    claims.build());
            jwt.sign(new ECDSASigner(by));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private Verify request(String jwt, @Nullable String fetched, String... audiences) {
        ClientStatement statement = new ClientStatement(sample.client(), NOW.plusSeconds(60));
        return new Verify("main", node.attestor.attest(statement), Secret.of(jwt), List.of(audiences), fetched);
    }

    private Verified verified(JWTClaimsSet.Builder claims) {
        return node.ask(request(signed(claims, key), null, ISSUER));
    }

    private void refused(Verify request) {
        OAuthError.Protocol error = (OAuthError.Protocol) node.refusal(request);
        assertThat(error.code()).isEqualTo(Code.INVALID_CLIENT);
    }

    @Test
    void verified_isStatedForFiveSeconds() {
        Verified verified = verified(claims());
        assertThat(node.attestor.verify(verified.statement(), ClientAuthentication.class))
                .isEqualTo(new ClientAuthentication("main", "web", 3, NOW.plusSeconds(5)));
        assertThat(verified.replay()).isEqualTo(Digest.of("jti"));
    }

    @Test
    void verified_isRememberedForAsLongAsItCounts() {
        Instant exp = Instant.ofEpochSecond(NOW.getEpochSecond() + 60);
        Verified undated = verified(claims());
        assertThat(undated.replayUntil()).isEqualTo(exp.plusSeconds(30));
        assertThat(undated.replaySince()).isEqualTo(exp.minus(Duration.ofHours(1)));
        Instant iat = Instant.ofEpochSecond(NOW.getEpochSecond() - 7);
        assertThat(verified(claims().issueTime(Date.from(iat))).replaySince()).isEqualTo(iat.minusSeconds(30));
    }

    @Test
    void times_areBounded() {
        refused(request(signed(claims().expirationTime(Date.from(NOW.minusSeconds(31))), key), null, ISSUER));
        refused(request(signed(claims().expirationTime(Date.from(NOW.plusSeconds(3601))), key), null, ISSUER));
        refused(request(signed(claims().issueTime(Date.from(NOW.plusSeconds(31))), key), null, ISSUER));
        refused(request(signed(claims().notBeforeTime(Date.from(NOW.plusSeconds(31))), key), null, ISSUER));
        verified(claims().expirationTime(Date.from(NOW.minusSeconds(29))));
        verified(claims().issueTime(Date.from(NOW.plusSeconds(30))));
        verified(claims().expirationTime(Date.from(NOW.plusSeconds(3600))));
    }

    @Test
    void flaws_areToldTheOperatorAsWell() {
        try (CapturedLog log = new CapturedLog("gatehouse.audit")) {
            refused(request(signed(claims().expirationTime(Date.from(NOW.minusSeconds(31))), key), null, ISSUER));
            assertThat(log.events()).hasSize(1);
            assertThat(log.events().get(0).getKeyValuePairs().toString())
                    .contains("client_assertion_refused", "it has expired");
        }
    }

    @Test
    void audiences_ofOtherServersCountForNothing() {
        String elsewhere = "https://bank.example.org";
        refused(request(signed(claims().audience(elsewhere), key), null, elsewhere));
        refused(request(signed(claims().audience(ISSUER + ".evil"), key), null, ISSUER + ".evil"));
        refused(request(signed(claims(), key), null, ISSUER + "/oauth2/token"));
    }

    @Test
    void fetchedKeys_countOnlyForWhoRegisteredWhere() {
        String jwt = signed(claims(), other);
        refused(request(jwt, set(other), ISSUER));
        register(null, "https://app.example.org/keys");
        assertThat(node.ask(request(jwt, set(key, other), ISSUER)).replay()).isEqualTo(Digest.of("jti"));
        refused(request(jwt, set(key), ISSUER));
        refused(request(jwt, null, ISSUER));
        refused(request(jwt, "not json", ISSUER));
        sample.oauth = null;
        refused(request(jwt, set(other), ISSUER));
    }

    @Test
    void keys_forEncryptionOrOfAnotherAlgorithmAreNoneToSignWith() {
        register(set(new ECKey.Builder(key).keyUse(KeyUse.ENCRYPTION).build()), null);
        refused(request(signed(claims(), key), null, ISSUER));
        register(set(new ECKey.Builder(key).algorithm(JWSAlgorithm.ES384).build()), null);
        refused(request(signed(claims(), key), null, ISSUER));
    }

    @Test
    void keys_ofWeakRsaAreNone() throws JOSEException {
        RSAKey weak = new RSAKeyGenerator(1024, true).generate();
        register(set(weak), null);
        SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims().build());
        jwt.sign(new RSASSASigner(weak.toRSAPrivateKey(), Set.of(AllowWeakRSAKey.getInstance())));
        refused(request(jwt.serialize(), null, ISSUER));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 512})
    void signatures_ofZerosOrOfAnotherLengthAreWrong(int length) {
        String jwt = signed(claims(), key);
        String forged = jwt.substring(0, jwt.lastIndexOf('.') + 1) + Base64URL.encode(new byte[length]);
        refused(request(forged, null, ISSUER));
    }

    /** No point of the curve has that y: providers complain of it, each in a way of its own. */
    @Test
    void keys_thatAreNoneAreWrong() {
        byte[] two = new byte[32];
        two[0] = 2;
        register("{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + Base64URL.encode(two) + "\"}]}", null);
        String forged = Base64URL.encode("{\"alg\":\"EdDSA\"}") + "."
                + Base64URL.encode(claims().build().toString()) + "." + Base64URL.encode(new byte[64]);
        refused(request(forged, null, ISSUER));
    }

    @Test
    void refusal_beforeTheSignatureIsRight_saysNothingOfTheClient() {
        OAuthError expected = new OAuthError.Protocol(Code.INVALID_CLIENT, ClientAssertions.REFUSAL);
        assertThat(node.refusal(request(signed(claims(), other), null, ISSUER))).isEqualTo(expected);
        assertThat(node.refusal(request("x", null, ISSUER))).isEqualTo(expected);
        sample.disabled = true;
        assertThat(node.refusal(request(signed(claims(), key), null, ISSUER))).isEqualTo(expected);
        sample.disabled = false;
        sample.authMethod = AuthMethod.CLIENT_SECRET_BASIC;
        assertThat(node.refusal(request(signed(claims(), key), null, ISSUER))).isEqualTo(expected);
    }
}
