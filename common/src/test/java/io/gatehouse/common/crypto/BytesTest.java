package io.gatehouse.common.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BytesTest {
    private final Bytes abc = Bytes.utf8("abc");

    @Test
    void equalContentIsEqual() {
        assertThat(abc)
                .isEqualTo(Bytes.of(new byte[] {'a', 'b', 'c'}))
                .hasSameHashCodeAs(Bytes.of(new byte[] {'a', 'b', 'c'}))
                .isNotEqualTo(Bytes.utf8("abd"))
                .isNotEqualTo(Bytes.utf8("ab"))
                .isNotEqualTo(Bytes.EMPTY)
                .isNotEqualTo("abc")
                .isNotEqualTo(null);
    }

    @Test
    void keepsWhatItWasMadeOf() {
        byte[] source = {1, 2, 3};
        Bytes bytes = Bytes.of(source);
        source[0] = 9;

        assertThat(bytes.toArray()).containsExactly(1, 2, 3);
    }

    @Test
    void handsOutCopiesOnly() {
        abc.toArray()[0] = 'x';
        abc.slice(0, 3).toArray()[0] = 'x';
        byte[] target = new byte[5];
        abc.copyTo(target, 1);
        target[1] = 'x';

        assertThat(abc).isEqualTo(Bytes.utf8("abc"));
    }

    @Test
    void joinsAndCuts() {
        Bytes joined = abc.plus(Bytes.utf8("de"));

        assertThat(joined.utf8()).isEqualTo("abcde");
        assertThat(joined.slice(1, 4).utf8()).isEqualTo("bcd");
        assertThat(joined.utf8(1, 4)).isEqualTo("bcd");
        assertThat(joined.slice(5, 5)).isEqualTo(Bytes.EMPTY);
        assertThat(joined.at(4)).isEqualTo((byte) 'e');
        assertThat(abc.utf8()).isEqualTo("abc");
    }

    @ParameterizedTest
    @CsvSource({"0, 4", "-1, 2", "2, 1", "4, 4", "0, 2147483647", "-2147483648, 0"})
    void cutsNothingPastItsEnds(int from, int to) {
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> abc.slice(from, to));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> abc.utf8(from, to));
    }

    @Test
    void holdsTextAsUtf8() {
        assertThat(Bytes.utf8("ä€🔑").length()).isEqualTo(2 + 3 + 4);
        assertThat(Bytes.utf8("ä€🔑").utf8()).isEqualTo("ä€🔑");
    }

    @Test
    void printsItsLengthOnly() {
        assertThat(abc).hasToString("Bytes[3]");
        assertThat(new Sealed("key-1", abc)).hasToString("Sealed[keyId=key-1, box=Bytes[3]]");
    }
}
