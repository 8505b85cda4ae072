package io.gatehouse.common.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AeadTest {
    private static final int OVERHEAD = 12 + 16;

    private final Bytes key = Entropy.bytes(32);
    private final Bytes aad = Bytes.utf8("tenant main, key 7");

    /** Test cases 13 and 14 of the GCM specification (McGrew and Viega): all zero. */
    @ParameterizedTest
    @CsvSource({
        "'', 530f8afbc74536b9a963b4f1c4cb738b",
        "00000000000000000000000000000000, cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919",
    })
    void opensTheBoxesOfTheSpecification(String plaintext, String box) {
        Bytes zeroKey = Bytes.of(new byte[32]);
        Bytes zeroNonce = Bytes.of(new byte[12]);

        assertThat(Aead.open(zeroKey, zeroNonce.plus(Hex.bytes(box)), Bytes.EMPTY))
                .isEqualTo(Hex.bytes(plaintext));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, 1000})
    void opensWhatItSealed(int length) {
        Bytes plaintext = Entropy.bytes(length);
        Bytes box = Aead.seal(key, plaintext, aad);

        assertThat(box.length()).isEqualTo(length + OVERHEAD);
        assertThat(Aead.open(key, box, aad)).isEqualTo(plaintext);
    }

    @Test
    void everyBoxHasANonceOfItsOwn() {
        Bytes plaintext = Bytes.utf8("the same");

        assertThat(IntStream.range(0, 100)
                        .mapToObj(i -> Aead.seal(key, plaintext, aad).slice(0, 12)))
                .doesNotHaveDuplicates();
    }

    @Test
    void anotherKeyOpensNothing() {
        assertThat(Aead.open(Entropy.bytes(32), box(), aad)).isNull();
    }

    @Test
    void otherBoundDataOpensNothing() {
        assertThat(Aead.open(key, box(), Bytes.utf8("tenant main, key 8"))).isNull();
        assertThat(Aead.open(key, box(), Bytes.EMPTY)).isNull();
    }

    @Test
    void aChangedBitAnywhereOpensNothing() {
        Bytes box = box();
        for (int i = 0; i < box.length(); i++) {
            byte[] changed = box.toArray();
            changed[i] ^= (byte) (1 << (i % 8));

            assertThat(Aead.open(key, Bytes.owned(changed), aad))
                    .as("byte %d", i)
                    .isNull();
        }
    }

    @Test
    void aBoxThatIsTooShortOrLongerOpensNothing() {
        Bytes box = box();
        for (int length = 0; length < box.length(); length++) {
            assertThat(Aead.open(key, box.slice(0, length), aad))
                    .as("%d bytes", length)
                    .isNull();
        }
        assertThat(Aead.open(key, box.plus(Bytes.of(new byte[1])), aad)).isNull();
    }

    /** With 16 bytes the JDK would silently take AES-128. */
    @ParameterizedTest
    @ValueSource(ints = {0, 16, 24, 31, 33})
    void aKeyOfAnotherLengthIsAMistake(int length) {
        Bytes odd = Entropy.bytes(length);

        assertThatIllegalArgumentException().isThrownBy(() -> Aead.seal(odd, Bytes.EMPTY, aad));
        assertThatIllegalArgumentException().isThrownBy(() -> Aead.open(odd, box(), aad));
    }

    private Bytes box() {
        return Aead.seal(key, Bytes.utf8("a private key"), aad);
    }
}
