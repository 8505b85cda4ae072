package io.gatehouse.store.argon2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HashMemoryTest {
    private final HashMemory memory = new HashMemory(1_000, 16_000);

    @Test
    void with_lendsTheSameWordsAgain() {
        long[] first = memory.with(1_000, words -> words);
        assertThat(memory.<long[]>with(1_000, words -> words)).isSameAs(first);
        assertThat(memory.<long[]>with(10, words -> words)).isSameAs(first);
    }

    @Test
    void with_keepsNoMoreThanItIsToKeep() {
        long[] kept = memory.with(1_000, words -> words);
        assertThat(memory.<long[]>with(2_000, words -> words)).hasSize(2_000).isNotSameAs(kept);
        assertThat(memory.<long[]>with(1_000, words -> words)).isSameAs(kept);
    }

    @Test
    void with_lendsNoMoreThanItMay() {
        assertThatThrownBy(() -> memory.with(2_001, words -> words)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void with_wipesWhatWasWritten() {
        long[] used = memory.with(1_000, words -> {
            Arrays.fill(words, 7);
            return words;
        });
        assertThat(used).containsOnly(0);
    }

    @Test
    void with_lendsEachThreadItsOwn() throws InterruptedException {
        long[] own = memory.with(1_000, words -> words);
        long[][] others = new long[1][];
        Thread other = new Thread(() -> others[0] = memory.with(1_000, words -> words));
        other.start();
        other.join();
        assertThat(others[0]).hasSize(1_000).isNotSameAs(own);
    }
}
