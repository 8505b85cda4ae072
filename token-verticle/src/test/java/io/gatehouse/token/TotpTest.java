package io.gatehouse.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Bytes;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    /** Of RFC 4226 and RFC 6238 alike. */
    private static final Bytes SECRET = Bytes.utf8("12345678901234567890");

    private static final Instant NOW = Instant.ofEpochSecond(1111111109);

    /** The table's codes have eight digits; of the same number these are the last six. */
    @ParameterizedTest
    @DisplayName("RFC 6238, B: the codes of the table are made")
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void codes_areThoseOfTheTable(long second, String code) {
        Instant time = Instant.ofEpochSecond(second);
        assertThat(Totp.code(SECRET, Totp.step(time))).isEqualTo(code);
        assertThat(Totp.match(SECRET, code, time)).isEqualTo(second / 30);
    }

    @ParameterizedTest
    @DisplayName("RFC 4226, D: the codes of the table are made")
    @CsvSource({"0, 755224", "1, 287082", "2, 359152", "3, 969429", "4, 338314", "9, 520489"})
    void codes_areThoseOfTheCounterTable(long counter, String code) {
        assertThat(Totp.code(SECRET, counter)).isEqualTo(code);
    }

    @Test
    @DisplayName("RFC 6238, 5.2: a code counts one time step before and behind its own, and no farther")
    void match_allowsOneStepOfDrift() {
        long step = Totp.step(NOW);
        for (long drift = -3; drift <= 3; drift++) {
            long expected = Math.abs(drift) <= 1 ? step + drift : Totp.NONE;
            assertThat(Totp.match(SECRET, Totp.code(SECRET, step + drift), NOW))
                    .as("drift of " + drift)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"''", "81804", "0818040", "' 081804'", "٠٨١٨٠٤"})
    void match_takesNothingButTheCode(String almost) {
        assertThat(Totp.match(SECRET, almost, NOW)).isEqualTo(Totp.NONE);
    }

    @ParameterizedTest
    @DisplayName("RFC 4648, 10: the texts of the table are made")
    @CsvSource({"'', ''", "f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI"})
    void base32_isThatOfTheTable(String text, String encoded) {
        assertThat(Base32.encode(Bytes.utf8(text))).isEqualTo(encoded);
    }
}
