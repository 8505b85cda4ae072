package io.gatehouse.common.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base64UrlTest {
    /** RFC 4648, section 10, without padding, and the two characters that differ from plain base64. */
    @ParameterizedTest
    @CsvSource({"'', ''", "66, Zg", "666f, Zm8", "666f6f, Zm9v", "666f6f6261, Zm9vYmE", "fbff, -_8"})
    void writesAndReads(String hex, String text) {
        assertThat(Hex.bytes(hex).base64Url()).isEqualTo(text);
        assertThat(Base64Url.decode(text)).isEqualTo(Hex.bytes(hex));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Zg==",
                "Zm8=",
                "=",
                "Zm9v=",
                "Zm9v====",
                "Z=g",
                // the characters of the other alphabet
                "+/8",
                "-/8",
                // trailing bits that no byte has
                "Zh",
                "Zm9",
                // a length that no byte string has
                "Z",
                "Zm9vY",
                // foreign characters
                "Zm 8",
                " Zm8",
                "Zm8\n",
                "Zm8\r\n",
                "Zm8\0",
                "Zmé8",
                "Zm\u212A8",
                "Zm8\uD83D\uDD11"
            })
    void refusesWhatItWouldNotWrite(String text) {
        assertThat(Base64Url.decode(text)).isNull();
    }

    @Test
    void hasOneTextForEveryByteString() {
        Random random = new Random(7);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ ";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(9); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            Bytes value = Base64Url.decode(text.toString());
            if (value != null) {
                assertThat(value.base64Url()).isEqualTo(text.toString());
            }
        }
    }
}
