package io.gatehouse.common.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
    /** The examples of FIPS 180-2, appendix B, and the empty text. */
    @ParameterizedTest
    @CsvSource({
        "'', e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "abc, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq,"
                + " 248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    })
    void isSha256(String text, String digest) {
        assertThat(Hex.of(Digest.of(text).value())).isEqualTo(digest);
        assertThat(Digest.of(Bytes.utf8(text))).isEqualTo(Digest.of(text));
        assertThat(Secret.of(text).digest()).isEqualTo(Digest.of(text));
    }

    @Test
    void readsTextAsUtf8() {
        assertThat(Digest.of("pässwörd 🔑")).isEqualTo(Digest.of(Bytes.utf8("pässwörd 🔑")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20, 31, 33, 64})
    void refusesAnotherLength(int length) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Digest(Entropy.bytes(length)));
    }

    @Test
    void printsNothingOfItself() {
        Digest digest = Digest.of("abc");

        assertThat(digest).hasToString("Digest[value=Bytes[32]]");
    }
}
