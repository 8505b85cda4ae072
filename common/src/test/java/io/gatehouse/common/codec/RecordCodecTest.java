package io.gatehouse.common.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.codec.Shapes.At;
import io.gatehouse.common.codec.Shapes.Colour;
import io.gatehouse.common.codec.Shapes.Count;
import io.gatehouse.common.codec.Shapes.Everything;
import io.gatehouse.common.codec.Shapes.Figure;
import io.gatehouse.common.codec.Shapes.Integer8;
import io.gatehouse.common.codec.Shapes.Life;
import io.gatehouse.common.codec.Shapes.Named;
import io.gatehouse.common.codec.Shapes.Nothing;
import io.gatehouse.common.codec.Shapes.Number;
import io.gatehouse.common.codec.Shapes.Optionals;
import io.gatehouse.common.codec.Shapes.Point;
import io.gatehouse.common.codec.Shapes.Text;
import io.gatehouse.common.codec.Shapes.Texts;
import io.gatehouse.common.crypto.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordCodecTest {
    static final Everything EVERYTHING = new Everything(
            "text",
            Bytes.of(new byte[] {0, -1, 127}),
            true,
            -5,
            1L << 40,
            Instant.ofEpochSecond(1_700_000_000L, 123_456_789),
            Duration.ofSeconds(90, 1),
            Colour.GREEN,
            new Point(3, -4),
            new Figure.Circle(new Point(0, 0), 9),
            List.of("one", "two"),
            List.of(new Point(1, 2)),
            List.of(List.of(new Integer8(1)), List.of()),
            Map.of("origin", new Point(0, 0)));

    @Test
    void everyTypeComesBackAsItWas() {
        assertThat(again(EVERYTHING)).isEqualTo(EVERYTHING);
        assertThat(again(new Nothing())).isEqualTo(new Nothing());
    }

    @Test
    void whateverIsNullableMayBeNull() {
        Optionals none = new Optionals(null, null, null, null, null, null, null, null, null);

        assertThat(again(none)).isEqualTo(none);
    }

    /** Empty is not absent. */
    @Test
    void emptyComesBackEmpty() {
        Optionals empty = new Optionals("", Bytes.EMPTY, null, Duration.ZERO, null, null, null, List.of(), Map.of());

        assertThat(again(empty)).isEqualTo(empty);
    }

    /** Readers rely on it: nobody checks again what a record's types promise. */
    @Test
    void whatIsNotNullableIsNeverWrittenAsNull() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordCodec.encode(new Text(null)))
                .withMessage("a Text lacks its value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ä", "€", "🔑 日本語", "\0", "\uFFFD", "line\nbreak", "\u202Ereversed"})
    void unicodeComesBackAsItWas(String text) {
        assertThat(again(new Text(text))).isEqualTo(new Text(text));
    }

    /** Around the sizes at which a length takes one byte more, and the buffer grows. */
    @ParameterizedTest
    @ValueSource(ints = {125, 126, 127, 128, 129, 254, 255, 256, 16_381, 16_382, 16_383, 16_384, 70_000, 3_000_000})
    void longTextComesBackAsItWas(int length) {
        String text = "x".repeat(length);

        assertThat(again(new Text(text)).value()).isEqualTo(text);
        assertThat(again(new Texts(List.of(text, "", text))).values()).containsExactly(text, "", text);
    }

    @ParameterizedTest
    @ValueSource(
            longs = {0, 1, -1, 63, 64, -64, -65, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE})
    void numbersComeBackAsTheyWere(long number) {
        assertThat(again(new Count(number))).isEqualTo(new Count(number));
        assertThat(again(new Number((int) number))).isEqualTo(new Number((int) number));
    }

    @Test
    void instantsKeepTheirNanoseconds() {
        for (Instant at : List.of(
                Instant.EPOCH,
                Instant.ofEpochSecond(0, 1),
                Instant.ofEpochSecond(-1, 999_999_999),
                Instant.parse("2026-08-01T12:34:56.123456789Z"),
                Instant.MIN,
                Instant.MAX)) {
            assertThat(again(new At(at)).value()).isEqualTo(at);
        }
    }

    @Test
    void durationsKeepTheirSignAndNanoseconds() {
        for (Duration life : List.of(
                Duration.ZERO,
                Duration.ofNanos(-1),
                Duration.ofSeconds(30, 5),
                Duration.ofSeconds(Long.MIN_VALUE),
                Duration.ofSeconds(Long.MAX_VALUE, 999_999_999))) {
            assertThat(again(new Life(life)).value()).isEqualTo(life);
        }
    }

    @Test
    void mapsAndListsKeepTheirOrder() {
        Map<String, String> map = new LinkedHashMap<>();
        IntStream.range(0, 100).forEach(i -> map.put("key " + (i * 7919) % 100, "value " + i));

        assertThat(again(new Named(map)).values()).containsExactlyEntriesOf(map);
        assertThat(again(new Texts(List.copyOf(map.keySet()))).values()).containsExactlyElementsOf(map.keySet());
    }

    @Test
    void collectionsThatWereReadCannotBeChanged() {
        Everything read = again(EVERYTHING);

        assertThatThrownBy(() -> read.texts().add("three")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> read.named().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    public record Decimal(double value) {}

    public record ByNumber(Map<Colour, String> value) {}

    record Hidden(String value) {}

    @Test
    void aTypeWithoutFormIsFoundBeforeItsFirstUse() {
        for (Class<? extends Record> type : List.of(Decimal.class, ByNumber.class, Hidden.class)) {
            assertThatIllegalArgumentException().isThrownBy(() -> RecordCodec.prepare(type));
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Record> T again(T value) {
        return (T) RecordCodec.decode(RecordCodec.encode(value), value.getClass());
    }
}
