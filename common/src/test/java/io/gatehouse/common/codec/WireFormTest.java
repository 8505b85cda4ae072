package io.gatehouse.common.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.codec.Shapes.At;
import io.gatehouse.common.codec.Shapes.Colour;
import io.gatehouse.common.codec.Shapes.Drawn;
import io.gatehouse.common.codec.Shapes.Figure;
import io.gatehouse.common.codec.Shapes.Flag;
import io.gatehouse.common.codec.Shapes.Life;
import io.gatehouse.common.codec.Shapes.Named;
import io.gatehouse.common.codec.Shapes.Nothing;
import io.gatehouse.common.codec.Shapes.Number;
import io.gatehouse.common.codec.Shapes.Optionals;
import io.gatehouse.common.codec.Shapes.Point;
import io.gatehouse.common.codec.Shapes.Text;
import io.gatehouse.common.codec.Shapes.Texts;
import io.gatehouse.common.codec.Shapes.Tinted;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The form itself, byte by byte: rows and older nodes hold it, so it stays. */
class WireFormTest {
    static List<Arguments> forms() {
        return List.of(
                Arguments.of(new Nothing(), "00"),
                // one component; its length + 1; length of the text, text
                Arguments.of(new Text("ab"), "01 04 02 6162"),
                Arguments.of(new Text("€"), "01 05 03 e282ac"),
                Arguments.of(new Flag(false), "01 02 00"),
                Arguments.of(new Flag(true), "01 02 01"),
                // zigzag: 0, -1, 1, -2 are 0, 1, 2, 3
                Arguments.of(new Number(0), "01 02 00"),
                Arguments.of(new Number(-1), "01 02 01"),
                Arguments.of(new Number(1), "01 02 02"),
                // seven bits a byte, the lowest first
                Arguments.of(new Number(64), "01 03 8001"),
                Arguments.of(new Point(1, -1), "02 02 02 02 01"),
                // seconds, nanoseconds
                Arguments.of(new At(Instant.ofEpochSecond(1, 2)), "01 03 02 02"),
                Arguments.of(new Life(Duration.ofSeconds(-1)), "01 03 01 00"),
                Arguments.of(new Tinted(Colour.RED), "01 05 03 524544"),
                Arguments.of(new Drawn(new Figure.Dot(new Point(0, 0))), "01 0c 03 446f74 01 06 02 02 00 02 00"),
                Arguments.of(new Texts(List.of("a", "")), "01 05 02 01 61 00"),
                Arguments.of(new Named(Map.of("k", "v")), "01 06 01 01 6b 01 76"),
                // absent: zero, where a length + 1 would stand
                Arguments.of(
                        new Optionals(null, null, null, null, null, null, null, null, null),
                        "09 00 00 00 00 00 00 00 00 00"),
                Arguments.of(new Text("x".repeat(126)), "01 8001 7e" + "78".repeat(126)));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void isWrittenSo(Record value, String hex) {
        assertThat(HexFormat.of().formatHex(RecordCodec.encode(value).toArray()))
                .isEqualTo(hex.replace(" ", ""));
    }
}
