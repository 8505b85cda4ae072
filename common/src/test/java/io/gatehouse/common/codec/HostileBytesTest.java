package io.gatehouse.common.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import io.gatehouse.common.codec.Shapes.At;
import io.gatehouse.common.codec.Shapes.Count;
import io.gatehouse.common.codec.Shapes.Dots;
import io.gatehouse.common.codec.Shapes.Drawn;
import io.gatehouse.common.codec.Shapes.Everything;
import io.gatehouse.common.codec.Shapes.Flag;
import io.gatehouse.common.codec.Shapes.Life;
import io.gatehouse.common.codec.Shapes.Named;
import io.gatehouse.common.codec.Shapes.Nothing;
import io.gatehouse.common.codec.Shapes.Number;
import io.gatehouse.common.codec.Shapes.Picky;
import io.gatehouse.common.codec.Shapes.Point;
import io.gatehouse.common.codec.Shapes.Text;
import io.gatehouse.common.codec.Shapes.Texts;
import io.gatehouse.common.codec.Shapes.Tinted;
import io.gatehouse.common.crypto.Bytes;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileBytesTest {
    static List<Arguments> malformed() {
        return List.of(
                Arguments.of("nothing at all", Text.class, ""),
                Arguments.of("more components than bytes", Text.class, "05 01"),
                Arguments.of("bytes after the record", Text.class, "01 03 01 61 00"),
                Arguments.of("bytes after a component", Text.class, "01 04 01 61 00"),
                Arguments.of("bytes after a nested record", Drawn.class, "01 0d 03 446f74 01 06 02 02 00 02 00 00"),
                Arguments.of("a component that goes on behind its record", Text.class, "01 7f 01 61"),
                Arguments.of("a text that goes on behind its component", Text.class, "01 03 02 61 62"),
                Arguments.of("a component with a negative length", Text.class, "01 ffffffffffffffffff01 61"),
                Arguments.of("a text with a negative length", Text.class, "01 0b ffffffffffffffffff01"),
                Arguments.of("a text that is absent and may not be", Text.class, "01 00"),
                Arguments.of("a text that was never written", Text.class, "00"),
                Arguments.of("a number that is absent", Number.class, "01 00"),
                Arguments.of("a list that is absent", Texts.class, "01 00"),
                Arguments.of("a number that takes more bytes than it needs", Number.class, "01 03 8000"),
                Arguments.of("a length that takes more bytes than it needs", Text.class, "01 8300 01 61"),
                Arguments.of("a component count that takes more bytes than it needs", Nothing.class, "8000"),
                Arguments.of("a number of 65 bits", Count.class, "01 0b ffffffffffffffffff02"),
                Arguments.of("a number of 11 bytes", Count.class, "01 0c ffffffffffffffffffff01"),
                Arguments.of("a number that never ends", Count.class, "01 0b ffffffffffffffffffff"),
                Arguments.of("an int of 33 bits", Number.class, "01 06 8080808010"),
                Arguments.of("a flag that is neither", Flag.class, "01 02 02"),
                Arguments.of("an instant past all time", At.class, "01 0c feffffffffffffffff01 00"),
                Arguments.of("an instant with more than a second of nanoseconds", At.class, "01 07 00 8094ebdc03"),
                Arguments.of("a duration with negative nanoseconds", Life.class, "01 0c 00 ffffffffffffffffff01"),
                Arguments.of("an enum constant of another build", Tinted.class, "01 06 04 424c5545"),
                Arguments.of("an alternative of another build", Drawn.class, "01 08 05 5371756172 00"),
                Arguments.of("a list with fewer elements than it says", Texts.class, "01 05 03 00 00 0161"),
                Arguments.of("a map with a key twice", Named.class, "01 0a 02 01 6b 01 76 01 6b 01 76"),
                Arguments.of("a value that its record refuses", Picky.class, "01 02 00"),
                Arguments.of("a value that its record chokes on", Picky.class, "01 02 01"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void isMalformed(String what, Class<? extends Record> type, String hex) {
        assertMalformed(type, Bytes.owned(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }

    /** Stray and missing continuations, an overlong form, a surrogate, past the last code point, cut short. */
    @ParameterizedTest
    @ValueSource(
            strings = {"80", "c3", "c328", "c080", "c1bf", "eda080", "f4908080", "f8888080", "e282", "efbfbd80", "ff"})
    void textThatIsNotUtf8IsMalformed(String hex) {
        byte[] text = HexFormat.of().parseHex(hex);
        Bytes head = Bytes.of(new byte[] {1, (byte) (text.length + 2), (byte) text.length});

        assertMalformed(Text.class, head.plus(Bytes.of(text)));
    }

    @Test
    void everyTruncationIsMalformed() {
        Bytes whole = RecordCodec.encode(RecordCodecTest.EVERYTHING);
        for (int length = 0; length < whole.length(); length++) {
            assertMalformed(Everything.class, whole.slice(0, length));
        }
    }

    /** Never anything worse; what can be read is a record like any other. */
    @Test
    void changedBytesAreMalformedOrAnotherRecord() {
        long seed = Long.getLong("gatehouse.seed", 20_260_801L);
        System.out.println("HostileBytesTest: -Dgatehouse.seed=" + seed);
        Random random = new Random(seed);
        byte[] valid = RecordCodec.encode(RecordCodecTest.EVERYTHING).toArray();
        for (int round = 0; round < 50_000; round++) {
            byte[] changed = Arrays.copyOf(valid, valid.length);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            try {
                Everything read = RecordCodec.decode(Bytes.of(changed), Everything.class);
                assertThat(RecordCodec.decode(RecordCodec.encode(read), Everything.class))
                        .isEqualTo(read);
            } catch (MalformedRecord expected) {
                // the usual outcome
            }
        }
    }

    static List<Arguments> bombs() {
        String billion = "8094ebdc03";
        return List.of(
                Arguments.of(Texts.class, "01 08 " + billion + " 00 00"),
                Arguments.of(Text.class, "01 06 " + billion),
                Arguments.of(Named.class, "01 08 " + billion + " 00 00"),
                Arguments.of(Point.class, billion),
                Arguments.of(Point.class, "02 " + billion + " 02"));
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void aHugeLengthAllocatesNothing(Class<? extends Record> type, String hex) {
        Bytes bomb = Bytes.owned(HexFormat.of().parseHex(hex.replace(" ", "")));
        assertMalformed(type, bomb);

        assertThat(allocatedBy(() -> assertMalformed(type, bomb))).isLessThan(100_000);
    }

    /** Elements of one byte each are the most that a list can hold; what they take is bounded by what was sent. */
    @Test
    void aListOfTheSmallestElementsTakesMemoryInProportion() {
        int size = 1_000_000;
        byte[] body = new byte[size + 7];
        WireWriter head = new WireWriter();
        head.varint(1);
        head.varint(size + 4);
        head.varint(size);
        head.toBytes().copyTo(body, 0);
        Bytes bytes = Bytes.owned(Arrays.copyOf(body, head.toBytes().length() + size));

        assertThat(RecordCodec.decode(bytes, Dots.class).values()).hasSize(size);
        assertThat(allocatedBy(() -> RecordCodec.decode(bytes, Dots.class))).isLessThan(100L * size);
    }

    private static long allocatedBy(Runnable task) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        task.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static void assertMalformed(Class<? extends Record> type, Bytes bytes) {
        assertThatExceptionOfType(MalformedRecord.class).isThrownBy(() -> RecordCodec.decode(bytes, type));
    }
}
