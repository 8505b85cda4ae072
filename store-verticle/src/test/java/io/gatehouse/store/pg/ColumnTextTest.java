package io.gatehouse.store.pg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnTextTest {
    @Test
    void exact_isReadBack_andHoldsNoZero() {
        for (String text : List.of("", "web", "größe-客户端-🦊", "a\0b", "\0", "\\", "\\0", "a\\\\0\0", "\\#x", "\\")) {
            String column = ColumnText.exact(text);
            assertThat(column).doesNotContain("\0");
            assertThat(ColumnText.read(column)).isEqualTo(text);
        }
    }

    @Test
    void names_stayReadable() {
        assertThat(ColumnText.key("web-1_ä@example.org")).isEqualTo("web-1_ä@example.org");
    }

    @Test
    void keys_areShortAndDiffer() {
        List<String> texts = List.of(
                "x".repeat(200), "x".repeat(201), "x".repeat(202), "\0".repeat(200), "\\0".repeat(100), "\0", "\\0");
        assertThat(texts.stream().map(ColumnText::key))
                .doesNotHaveDuplicates()
                .allSatisfy(
                        key -> assertThat(key.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1000));
    }

    @Test
    void aDigest_isNoTextsKey() {
        String digest = ColumnText.key("x".repeat(1 << 20));
        assertThat(ColumnText.key(digest)).isNotEqualTo(digest);
        assertThat(ColumnText.exact(digest)).isNotEqualTo(digest);
    }

    @Test
    void instants_areKeptExactly_andBoundedFarAway() {
        for (Instant instant : List.of(
                Instant.EPOCH,
                Instant.parse("2030-01-01T12:00:00.123456789Z"),
                Instant.parse("1969-12-31T23:59:59.999999999Z"))) {
            assertThat(Nanos.instant(Nanos.of(instant))).isEqualTo(instant);
        }
        assertThat(Nanos.of(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
        assertThat(Nanos.of(Instant.MIN)).isEqualTo(Long.MIN_VALUE);
        assertThat(Nanos.of(Duration.ofDays(400))).isEqualTo(34_560_000_000_000_000L);
    }
}
