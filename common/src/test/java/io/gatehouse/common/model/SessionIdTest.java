package io.gatehouse.common.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.common.crypto.Entropy;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionIdTest {
    private static final Instant END = Instant.parse("2026-08-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"1970-01-01T23:59:59.999999999Z, 0", "2026-08-01T12:00:00Z, 20666", "2149-06-06T23:59:59Z, 65535"})
    void startsWithTheDayOfItsExpiry(Instant expiresAt, int day) {
        SessionId id = SessionId.expiring(expiresAt);

        assertThat(id.expiryDay()).isEqualTo(day);
        assertThat(id.value().length()).isEqualTo(SessionId.LENGTH);
    }

    /** Else it would be looked for, and swept away, on another day. */
    @ParameterizedTest
    @ValueSource(strings = {"1969-12-31T23:59:59Z", "2149-06-07T00:00:00Z", "+1000000-01-01T00:00:00Z"})
    void aDayThatDoesNotFitIsRefused(String expiresAt) {
        assertThatIllegalArgumentException().isThrownBy(() -> SessionId.expiring(Instant.parse(expiresAt)));
    }

    @Test
    void differsForEverySessionOfADay() {
        assertThat(Stream.generate(() -> SessionId.expiring(END)).limit(1_000)).doesNotHaveDuplicates();
    }

    @Test
    void readsTheClaimItWrites() {
        SessionId id = SessionId.expiring(END);

        assertThat(id.sid()).hasSize(24).matches("[A-Za-z0-9_-]+");
        assertThat(SessionId.parse(id.sid())).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sid",
                "AAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAA==",
                "AAAAAAAAAAAA+/AAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAA\u00e9",
                "AAAAAAAAAAAAAAAAAAAAAAA "
            })
    void whatHasNotItsFormIsNone(String sid) {
        assertThat(SessionId.parse(sid)).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 17, 19, 32})
    void anotherLengthIsRefused(int length) {
        assertThatIllegalArgumentException().isThrownBy(() -> new SessionId(Entropy.bytes(length)));
    }
}
