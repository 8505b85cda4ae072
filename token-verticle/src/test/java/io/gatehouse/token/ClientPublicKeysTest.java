package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.model.SigningAlgorithm;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys of a client's set may have signed its assertion: the same as for its request objects. */
class ClientPublicKeysTest {
    private static final String EDWARDS =
            "\"kty\":\"OKP\",\"crv\":\"Ed25519\"," + "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"";

    private final ClientPublicKeys keys = new ClientPublicKeys();

    private int found(String jwk, SigningAlgorithm algorithm, String kid) {
        return keys.find("{\"keys\":[{" + jwk + "}]}", algorithm, kid).size();
    }

    @Test
    void aKeyWithoutNameFitsAnyName() {
        assertThat(found(EDWARDS, SigningAlgorithm.EDDSA, "a")).isOne();
        assertThat(found(EDWARDS + ",\"kid\":\"a\"", SigningAlgorithm.EDDSA, "a"))
                .isOne();
        assertThat(found(EDWARDS + ",\"kid\":\"b\"", SigningAlgorithm.EDDSA, "a"))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ed25519", "EdDSA"})
    void anEdwardsKeyHasTwoNamesForItsAlgorithm(String name) {
        String jwk = EDWARDS + ",\"alg\":\"" + name + "\"";
        assertThat(found(jwk, SigningAlgorithm.EDDSA, "a")).isOne();
        assertThat(found(jwk, SigningAlgorithm.ES256, "a")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"2040,0", "2048,1", "4096,1", "4104,0", "8192,0"})
    void rsaKeysAreBounded(int bits, int found) {
        BigInteger modulus = BigInteger.ONE.shiftLeft(bits - 1).setBit(0);
        byte[] value = modulus.toByteArray();
        String n =
                Bytes.owned(value).slice(value.length - bits / 8, value.length).base64Url();
        String jwk = "\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"" + n + "\"";
        assertThat(found(jwk, SigningAlgorithm.RS256, "a")).isEqualTo(found);
        assertThat(found(jwk, SigningAlgorithm.PS256, "a")).isEqualTo(found);
    }
}
