package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import io.gatehouse.common.model.JwtAlgorithm;
import io.gatehouse.token.JoseVectorsTest.Provider;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeyPemTest {
    private static final String WHOLE = "-----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----";

    @AfterEach
    void restore() {
        Provider.CORRETTO.use();
    }

    @ParameterizedTest
    @EnumSource
    void read_ofEveryAlgorithm_givesBothHalvesAndTheThumbprint(Provider provider) throws Exception {
        provider.use();
        for (JwtAlgorithm algorithm : JwtAlgorithm.values()) {
            if (algorithm.isAsymmetric()) {
                KeyPair pair = pair(algorithm);
                JWK key = PrivateKeyPem.read(pem("PRIVATE KEY", pair.getPrivate()), algorithm);
                assertThat(publicKey(key))
                        .as(algorithm.name())
                        .isEqualTo(pair.getPublic().getEncoded());
                assertThat(key.isPrivate()).isTrue();
                assertThat(key.getKeyID()).isEqualTo(key.computeThumbprint().toString());
                assertThat(key.getAlgorithm().getName()).isEqualTo(algorithm.name());
                assertThat(key.getKeyUse().identifier()).isEqualTo("sig");
            }
        }
    }

    /** Both signs of y come up: half of all keys have the one that a root does not give at first. */
    @ParameterizedTest
    @CsvSource({"secp256r1", "secp384r1", "secp521r1"})
    void publicKey_ofManyKeys_isTheirs(String curve) throws Exception {
        for (Provider provider : Provider.values()) {
            provider.use();
            for (int i = 0; i < 16; i++) {
                KeyPair pair = elliptic(curve);
                ECPublicKey found = EcPublicKey.of((ECPrivateKey) pair.getPrivate());
                assertThat(found.getW()).isEqualTo(((ECPublicKey) pair.getPublic()).getW());
            }
        }
    }

    @Test
    void read_allowsForOtherLineBreaksAndBlanksAround() throws Exception {
        String pem = pem("PRIVATE KEY", pair(JwtAlgorithm.ES256).getPrivate());
        JWK key = PrivateKeyPem.read(pem, JwtAlgorithm.ES256);
        assertThat(PrivateKeyPem.read("\n " + pem.replace("\n", "\r\n") + "\n\n", JwtAlgorithm.ES256))
                .isEqualTo(key);
        assertThat(PrivateKeyPem.read(pem.strip(), JwtAlgorithm.ES256)).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop-secret-0123456789abcdef0123456789",
                "-----BEGIN PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nMIGH*\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PUBLIC KEY-----"
            })
    void read_ofNoPem_saysWhatOneLooksLike(String text) {
        refused(text, JwtAlgorithm.ES256, WHOLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"})
    void read_ofAnotherForm_saysHowToConvertIt(String label) throws Exception {
        String pem = pem(label, pair(JwtAlgorithm.RS256).getPrivate());
        refused(
                pem,
                JwtAlgorithm.RS256,
                "in the form " + label + ": convert a key in another form by openssl pkcs8 -topk8 -nocrypt");
    }

    @Test
    void read_ofAPublicKey_asksForThePrivateOne() throws Exception {
        String pem = pem("PUBLIC KEY", pair(JwtAlgorithm.ES256).getPrivate());
        refused(pem, JwtAlgorithm.ES256, "has a PUBLIC KEY for a secret: give the private key");
    }

    /** Not made here: one of so many bits takes seconds. */
    @Test
    void read_ofALongRsaKey_saysHowLong() throws Exception {
        BigInteger one = BigInteger.ONE;
        BigInteger modulus = one.shiftLeft(4096).add(one);
        RSAPrivateCrtKeySpec spec =
                new RSAPrivateCrtKeySpec(modulus, BigInteger.valueOf(65537), one, one, one, one, one, one);
        String pem = pem("PRIVATE KEY", KeyFactory.getInstance("RSA").generatePrivate(spec));
        refused(pem, JwtAlgorithm.RS256, "an RSA key of 4097 bits: make one of 4096 at most, by openssl genpkey");
    }

    @Test
    void read_ofAShortRsaKey_saysHowLong() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        String pem = pem("PRIVATE KEY", generator.generateKeyPair().getPrivate());
        refused(pem, JwtAlgorithm.RS256, "an RSA key of 1024 bits: make one of 2048 at least, by openssl genpkey");
    }

    @ParameterizedTest
    @CsvSource({
        "ES256, ES384",
        "ES384, ES256",
        "ES512, ES384",
        "RS256, ES256",
        "ES256, RS256",
    })
    void read_ofAKeyForAnotherAlgorithm_saysHowToMakeOne(JwtAlgorithm made, JwtAlgorithm wanted) throws Exception {
        String pem = pem("PRIVATE KEY", pair(made).getPrivate());
        refused(pem, wanted, "none for " + wanted + ": make one by openssl genpkey -algorithm");
    }

    @Test
    void read_ofACurveThatNobodyNamed_isRefused() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String pem = pem("PRIVATE KEY", pair.getPrivate());
        refused(pem, JwtAlgorithm.ES256, "none for ES256");
        refused(pem, JwtAlgorithm.RS256, "none for RS256");
    }

    @Test
    void read_ofADamagedKey_isRefusedWithoutShowingIt() throws Exception {
        byte[] encoded = pair(JwtAlgorithm.ES256).getPrivate().getEncoded();
        for (int length = 0; length < encoded.length; length += 7) {
            byte[] cut = Arrays.copyOf(encoded, length);
            refused(pem("PRIVATE KEY", cut), JwtAlgorithm.ES256, "none for ES256");
        }
        refused("-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----", JwtAlgorithm.ES256, "copy it again");
    }

    private static void refused(String pem, JwtAlgorithm algorithm, String words) {
        String body = pem.replaceAll("-----[A-Z ]+-----", "").strip();
        assertThatThrownBy(() -> PrivateKeyPem.read(pem, algorithm))
                .isInstanceOf(StartFailure.class)
                .hasNoCause()
                .hasMessageContaining(words)
                .message()
                .satisfies(message -> assertThat(body.length() < 8 || !message.contains(body.substring(0, 8)))
                        .isTrue());
    }

    static String pem(String label, PrivateKey key) {
        return pem(label, key.getEncoded());
    }

    private static String pem(String label, byte[] encoded) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    static KeyPair pair(JwtAlgorithm algorithm) throws Exception {
        if (algorithm.kind() == JwtAlgorithm.Kind.RSA) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        }
        return elliptic("secp" + (algorithm == JwtAlgorithm.ES512 ? 521 : algorithm.hashBits()) + "r1");
    }

    private static KeyPair elliptic(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private static byte[] publicKey(JWK key) throws Exception {
        return key.getKeyType().getValue().equals("EC")
                ? key.toECKey().toECPublicKey().getEncoded()
                : key.toRSAKey().toRSAPublicKey().getEncoded();
    }
}
