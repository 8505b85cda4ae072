package io.gatehouse.common.bus.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WindowTest {
    private final Window window = new Window();

    @Test
    void eachNumberIsTakenOnceInAnyOrder() {
        for (long number : new long[] {5, 3, 4, 1, 2, 64, 63, 65, 128, 127}) {
            assertThat(window.take(number)).as("first %d", number).isTrue();
            assertThat(window.take(number)).as("second %d", number).isFalse();
        }
    }

    @Test
    void whatIsTooOldToTellIsRefused() {
        assertThat(window.take(10)).isTrue();
        assertThat(window.take(10L + 2 * Window.WIDTH)).isTrue();
        assertThat(window.take(10)).isFalse();
        assertThat(window.take(11)).isFalse();
    }

    @Test
    void noNumberIsNoNumber() {
        assertThat(window.take(0)).isFalse();
        assertThat(window.take(-1)).isFalse();
        assertThat(window.take(Long.MIN_VALUE)).isFalse();
        assertThat(window.take(Long.MAX_VALUE)).isTrue();
        assertThat(window.take(Long.MAX_VALUE)).isFalse();
    }

    /** Against a memory of everything: none is taken twice, and none is refused that is near the latest. */
    @Test
    void itAgreesWithAMemoryOfEverything() {
        long seed = Long.getLong("gatehouse.seed", 7);
        Random random = new Random(seed);
        Set<Long> all = new HashSet<>();
        long latest = 1;
        for (int i = 0; i < 200_000; i++) {
            latest += random.nextInt(200) == 0 ? random.nextInt(Window.WIDTH) : random.nextInt(4);
            long number = Math.max(1, latest - random.nextInt(random.nextInt(3) == 0 ? Window.WIDTH + 200 : 300));
            boolean first = all.add(number);
            boolean taken = window.take(number);
            if (taken) {
                assertThat(first)
                        .as("-Dgatehouse.seed=%d, %d came twice", seed, number)
                        .isTrue();
            } else if (first) {
                assertThat(number).as("-Dgatehouse.seed=%d", seed).isLessThan(latest - Window.WIDTH + 2 * Long.SIZE);
            }
        }
    }
}
