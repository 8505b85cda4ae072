package io.gatehouse.common.jwk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicJwksTest {
    private static final String EC = "{\"kty\":\"EC\",\"kid\":\"a\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"BB\"}";
    private static final String OKP = "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"CC\"}";
    private static final String RSA = "{\"kty\":\"RSA\",\"kid\":\"b\",\"n\":\"DD\",\"e\":\"AQAB\"}";

    private static String set(String... keys) {
        return "{\"keys\":[" + String.join(",", keys) + "]}";
    }

    @Test
    void keysOfEveryAlgorithmAreKept() {
        PublicJwks read = PublicJwks.read(set(EC, OKP, RSA));
        assertThat(read.json()).isEqualTo(set(EC, OKP, RSA));
        assertThat(read.kids()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void whatWeDoNotUnderstandIsLeftOut() {
        String more = EC.replace("}", ",\"x5c\":[\"MII\"],\"exp\":1,\"ext\":true}");
        String foreign = "{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"x\":\"AA\",\"y\":\"BB\"}";
        PublicJwks read = PublicJwks.read("{\"v\":2,\"keys\":[7,null," + foreign + ",{\"kty\":\"PQ\"}," + more + "]}");
        assertThat(read.json()).isEqualTo(set(EC));
    }

    @ParameterizedTest
    @ValueSource(strings = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
    void aPrivateKeyIsRefusedWithoutBeingShown(String member) {
        String leaked = EC.replace("}", ",\"" + member + "\":\"c2VjcmV0\"}");
        assertThatThrownBy(() -> PublicJwks.read(set(OKP, leaked)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("private or secret key")
                .hasMessageNotContaining("c2VjcmV0")
                .hasNoCause();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "7|no JWK Set",
                "{}|no JWK Set",
                "{\"keys\":{}}|no JWK Set",
                "{\"keys\":[]}|no key for",
                "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AA\"}]}|no key for",
                "{\"keys\":[{\"kty\":\"RSA\",\"n\":1,\"e\":\"AQAB\"}]}|no key for",
                "{\"keys\":[],\"keys\":[]}|no JSON",
                "{\"keys\":[|no JSON",
                "{\"keys\":[]} x|no JSON",
                "[[[[[[[[[[]]]]]]]]]]|no JSON",
            })
    void whatIsNoSetIsRefused(String text, String reason) {
        assertThatThrownBy(() -> PublicJwks.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void sizesAreBounded() {
        assertThatThrownBy(() -> PublicJwks.read(" ".repeat(64 * 1024 + 1))).hasMessageContaining("longer than");
        String[] many = new String[33];
        Arrays.fill(many, OKP);
        assertThatThrownBy(() -> PublicJwks.read(set(many))).hasMessageContaining("more than 32");
        String large = RSA.replace("DD", "D".repeat(1401));
        assertThatThrownBy(() -> PublicJwks.read(set(large))).hasMessageContaining("no key for");
    }
}
