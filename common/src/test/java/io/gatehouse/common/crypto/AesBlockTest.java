package io.gatehouse.common.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AesBlockTest {
    private final Bytes key = Hex.bytes("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    /** FIPS 197, appendix C.3. */
    @Test
    void isTheCipherOfTheStandard() {
        Bytes plain = Hex.bytes("00112233445566778899aabbccddeeff");
        Bytes encrypted = Hex.bytes("8ea2b7ca516745bfeafc49904b496089");

        assertThat(AesBlock.encrypt(key, plain)).isEqualTo(encrypted);
        assertThat(AesBlock.decrypt(key, encrypted)).isEqualTo(plain);
    }

    @Test
    void oneBlockUnderOneKeyIsAlwaysTheSame() {
        Bytes block = Entropy.bytes(16);

        assertThat(AesBlock.encrypt(key, block)).isEqualTo(AesBlock.encrypt(key, block));
        assertThat(AesBlock.encrypt(Entropy.bytes(32), block)).isNotEqualTo(AesBlock.encrypt(key, block));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 17, 32})
    void anotherLengthIsAMistake(int length) {
        Bytes odd = Entropy.bytes(length);

        assertThatIllegalArgumentException().isThrownBy(() -> AesBlock.encrypt(key, odd));
        assertThatIllegalArgumentException().isThrownBy(() -> AesBlock.decrypt(key, odd));
    }

    /** With 16 bytes the JDK would silently take AES-128. */
    @ParameterizedTest
    @ValueSource(ints = {0, 16, 24, 31, 33})
    void aKeyOfAnotherLengthIsAMistake(int length) {
        Bytes odd = Entropy.bytes(length);

        assertThatIllegalArgumentException().isThrownBy(() -> AesBlock.encrypt(odd, Bytes.of(new byte[16])));
        assertThatIllegalArgumentException().isThrownBy(() -> AesBlock.decrypt(odd, Bytes.of(new byte[16])));
    }
}
