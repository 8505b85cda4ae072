package io.gatehouse.gateway.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import io.gatehouse.common.message.OneTimeValues;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9449, section 4.3, checks 5 to 7: algorithm, signature and key of a proof. */
class DpopKeyTest extends DpopCase {
    private static final RSAKey RSA = Tokens.rsaKey("rsa", JWSAlgorithm.RS256);

    private static ProofText proof() {
        return ProofText.forToken(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "", "HS256", "HS384", "RS256", "PS256", "EdDSA", "ES384", "es256", "RS1"})
    void check5_algMustBeAnAsymmetricOneOfOursThatFitsTheKey(String alg) {
        ProofText proof = proof().header("alg", alg);
        assertRefused(token(proof.sign()));
        String input = proof.sign();
        assertRefused(token(input.substring(0, input.lastIndexOf('.') + 1)));
    }

    /** The public key as the secret of a MAC (RFC 8725, section 2.1). */
    @Test
    void check5_aMacUnderThePublicKeyMustNotCount() throws JOSEException {
        ProofText proof = ProofText.forToken(RSA).header("alg", "HS256");
        String input = Base64URL.encode(proof.head()) + "." + Base64URL.encode(proof.payload());
        byte[] secret = RSA.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
        Base64URL mac =
                new MACSigner(secret).sign(new JWSHeader(JWSAlgorithm.HS256), input.getBytes(StandardCharsets.UTF_8));
        assertRefused(token(input + "." + mac));
        assertRefused(token(ProofText.forToken(RSA)
                .header(
                        "jwk",
                        Map.of("kty", "oct", "k", Base64URL.encode(secret).toString()))
                .sign()));
    }

    @Test
    void check6_theSignatureMustBeThatOfTheKeyInTheHeader() {
        String otherKey = proof().header("jwk", json(OTHER.toPublicJWK())).sign();
        assertRefused(token(otherKey));
        String right = proof().sign();
        String input = right.substring(0, right.lastIndexOf('.') + 1);
        assertRefused(token(input + proof().signature("x.y")));
        assertRefused(token(input + Base64URL.encode(new byte[64])));
        assertRefused(token(input + Base64URL.encode(new byte[63])));
    }

    @Test
    void check7_theHeaderMustHoldNoPrivateKey() {
        assertRefused(token(proof().header("jwk", json(KEY)).sign()));
        assertRefused(token(ProofText.forToken(RSA).header("jwk", json(RSA)).sign()));
        assertThat(gateway.node.asked(OneTimeValues.Spend.class)).isEmpty();
    }

    @Test
    void theKeyMustBeOneThatTheAlgorithmIsFor() throws JOSEException {
        assertRefused(token(proof().header("jwk", null).sign()));
        assertRefused(token(proof().header("jwk", "text").sign()));
        Map<String, Object> offCurve = json(KEY.toPublicJWK());
        offCurve.put("y", OTHER.getY().toString());
        assertRefused(token(proof().header("jwk", offCurve).sign()));
        Map<String, Object> otherCurve = json(KEY.toPublicJWK());
        otherCurve.put("crv", "P-384");
        assertRefused(token(proof().header("jwk", otherCurve).sign()));
        RSAKey small =
                new RSAKeyGenerator(1024, true).algorithm(JWSAlgorithm.RS256).generate();
        assertRefused(token(ProofText.forToken(Tokens.rsaKey("x", JWSAlgorithm.RS256))
                .header("jwk", json(small.toPublicJWK()))
                .sign()));
        Map<String, Object> padded = json(RSA.toPublicJWK());
        padded.put("e", "AAEAAQ");
        assertRefused(token(ProofText.forToken(RSA).header("jwk", padded).sign()));
    }

    /** Numbers of the right size that make no key. */
    @Test
    void aKeyThatIsNoneIsTheClientsMistake() {
        String ones = Base64URL.encode(filled(256, 0xff)).toString();
        for (Map<String, Object> key : List.<Map<String, Object>>of(
                Map.of("kty", "RSA", "n", Base64URL.encode(filled(256, 0x80)).toString(), "e", "AQAB"),
                Map.of("kty", "RSA", "n", ones, "e", "Aw"),
                Map.of("kty", "RSA", "n", ones, "e", "AA"),
                Map.of("kty", "RSA", "n", ones, "e", ones))) {
            assertRefused(token(ProofText.forToken(RSA).header("jwk", key).sign()));
        }
        String x = Base64URL.encode(filled(32, 0xff)).toString();
        String zero = Base64URL.encode(new byte[32]).toString();
        assertRefused(token(proof().header("jwk", Map.of("kty", "EC", "crv", "P-256", "x", zero, "y", zero))
                .sign()));
        assertRefused(token(proof().header("jwk", Map.of("kty", "EC", "crv", "P-256", "x", x, "y", x))
                .sign()));
        for (String point : List.of(x, zero)) {
            assertRefused(token(proof().header("alg", "EdDSA")
                    .header("jwk", Map.of("kty", "OKP", "crv", "Ed25519", "x", point))
                    .sign()));
        }
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static Map<String, Object> json(JWK key) {
        return new JsonObject(key.toJSONString()).getMap();
    }
}
