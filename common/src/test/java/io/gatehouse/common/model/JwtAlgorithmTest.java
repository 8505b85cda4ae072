package io.gatehouse.common.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.model.JwtAlgorithm.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JwtAlgorithmTest {
    @ParameterizedTest
    @CsvSource({
        "HS256, HMAC, 256, false",
        "HS384, HMAC, 384, false",
        "HS512, HMAC, 512, false",
        "RS256, RSA, 256, true",
        "RS384, RSA, 384, true",
        "RS512, RSA, 512, true",
        "ES256, EC, 256, true",
        "ES384, EC, 384, true",
        "ES512, EC, 512, true",
    })
    void isWhatRfc7518Says(JwtAlgorithm algorithm, Kind kind, int hashBits, boolean asymmetric) {
        assertThat(algorithm)
                .returns(kind, JwtAlgorithm::kind)
                .returns(hashBits, JwtAlgorithm::hashBits)
                .returns(asymmetric, JwtAlgorithm::isAsymmetric);
    }

    @Test
    void thereAreNoOthers() {
        assertThat(JwtAlgorithm.values()).hasSize(9);
    }
}
