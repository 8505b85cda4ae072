package io.gatehouse.common.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Entropy;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrantIdTest {
    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 0",
        "1970-01-01T23:59:59.999999999Z, 0",
        "1970-01-02T00:00:00Z, 1",
        "2026-08-01T12:00:00Z, 20666",
        "2149-06-06T23:59:59Z, 65535"
    })
    void startsWithTheDayOfItsExpiry(Instant expiresAt, int day) {
        GrantId id = GrantId.expiring(expiresAt);

        assertThat(id.expiryDay()).isEqualTo(day);
        assertThat(id.value().length()).isEqualTo(GrantId.LENGTH);
    }

    /** Else it would be looked for, and swept away, on another day. */
    @ParameterizedTest
    @ValueSource(strings = {"1969-12-31T23:59:59Z", "2149-06-07T00:00:00Z", "+1000000-01-01T00:00:00Z"})
    void aDayThatDoesNotFitIsRefused(String expiresAt) {
        assertThatIllegalArgumentException().isThrownBy(() -> GrantId.expiring(Instant.parse(expiresAt)));
    }

    @Test
    void differsForEveryGrantOfADay() {
        Instant expiresAt = Instant.parse("2026-08-01T12:00:00Z");

        assertThat(Stream.generate(() -> GrantId.expiring(expiresAt)).limit(1_000))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 17, 32})
    void anotherLengthIsRefused(int length) {
        assertThatIllegalArgumentException().isThrownBy(() -> new GrantId(Entropy.bytes(length)));
    }

    /** Tokens that are out name it so: SHA-256 of "gid" and the id, the first 16 bytes. */
    @Test
    void theNameInTokensStaysAsItWas() {
        GrantId id = new GrantId(Bytes.utf8("0123456789abcdef"));

        assertThat(id.gid()).isEqualTo("2LehppkU3L709TzIgF-RkA");
    }

    @Test
    void theNameInTokensTellsNothingOfTheId() {
        GrantId id = GrantId.expiring(Instant.parse("2026-08-01T12:00:00Z"));
        byte[] neighbour = id.value().toArray();
        neighbour[15] ^= 1;

        assertThat(id.gid()).hasSize(22).isNotEqualTo(id.value().base64Url());
        assertThat(new GrantId(Bytes.of(neighbour)).gid()).isNotEqualTo(id.gid());
    }
}
