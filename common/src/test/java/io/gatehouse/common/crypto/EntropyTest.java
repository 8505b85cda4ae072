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
    void threadsDoNotRepeatEachOther() {
        Set<Bytes> seen = Collections.synchronizedSet(new HashSet<>());

        IntStream.range(0, 10_000).parallel().forEach(i -> seen.add(Entropy.bytes(16)));

        assertThat(seen).hasSize(10_000);
    }
}
