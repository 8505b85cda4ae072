package io.gatehouse.common.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EntropyTest {
    @Test
    void hasTheLengthAskedFor() {
        assertThat(Entropy.bytes(0)).isEqualTo(Bytes.EMPTY);
        assertThat(Entropy.bytes(33).length()).isEqualTo(33);
    }

    @Test
    void handsOutNoByteTwice() {
        Set<Bytes> seen = new HashSet<>();
        int drawn = 0;

        // of every length, below and above what is drawn ahead, cut into pieces that chance repeats in none of 10^20
        // runs
        for (int length = 12; length < 600; length++) {
            Bytes bytes = Entropy.bytes(length);
            for (int at = 0; at + 12 <= length; at += 12) {
                seen.add(bytes.slice(at, at + 12));
                drawn++;
            }
        }

        assertThat(seen).hasSize(drawn);
    }

    @Test
    void threadsDoNotRepeatEachOther() {
        Set<Bytes> seen = Collections.synchronizedSet(new HashSet<>());

        IntStream.range(0, 10_000).parallel().forEach(i -> seen.add(Entropy.bytes(16)));

        assertThat(seen).hasSize(10_000);
    }
}
