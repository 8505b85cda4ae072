package io.gatehouse.common.bus.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Time is told by hand; the sender's clock is {@code ahead} of ours. */
class DelayTest {
    private static final Duration MOST = Duration.ofSeconds(2);
    private static final long START = 1_800_000_000_000L;

    private final Delay delay = new Delay();
    private long now = START;
    private long ahead;

    private boolean isOver(long tookMillis) {
        return delay.isOver(MOST, now - tookMillis + ahead, now);
    }

    /** A message each half second, each 5 ms on its way, for so long. */
    private void talk(long millis) {
        for (long end = now + millis; now < end; now += 500) {
            assertThat(isOver(5)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-9_000, 0, 9_000})
    void whatTookTooLongIsOverWhateverTheClocksShow(long difference) {
        ahead = difference;
        talk(60_000);
        assertThat(isOver(2_005)).isFalse();
        assertThat(isOver(2_006)).isTrue();
        assertThat(isOver(5)).isFalse();
    }

    @Test
    void theFirstSetsTheDifference() {
        assertThat(isOver(9_000)).isFalse();
        assertThat(isOver(5)).isFalse();
        assertThat(isOver(9_000)).isTrue();
    }

    /** What came while this process was halted, oldest first, however long it was. */
    @ParameterizedTest
    @ValueSource(longs = {4_000, 9_500, 14_500, 16_000, 31_000, 45_000, 59_000})
    void whatWaitedWhileThisProcessWasHaltedIsOver(long halted) {
        talk(40_000);
        now += halted;
        for (long waited = Math.min(halted, 9_999); waited > 2_005; waited -= 200) {
            assertThat(isOver(waited)).as("after %d ms", waited).isTrue();
        }
        assertThat(isOver(2_000)).isFalse();
        talk(40_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {-9_000, -3_000, 3_000, 9_000})
    void aClockThatWasSetCountsWithinSeconds(long step) {
        talk(40_000);
        ahead += step;
        healed();
        ahead -= step;
        healed();
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_600_000, -9_000, 9_000, 3_600_000})
    void ourClockThatWasSetCountsToo(long step) {
        talk(40_000);
        now += step;
        ahead -= step;
        // The sender's shows what it showed.
        healed();
    }

    private void healed() {
        for (long end = now + Delay.SETTLED_MILLIS; now < end; now += 500) {
            boolean unused = isOver(5);
        }
        talk(20_000);
        assertThat(isOver(2_006)).isTrue();
    }

    /** Some questions may take longer than others. */
    @Test
    void whatMayTakeLongerTellsOfASetClockToo() {
        talk(40_000);
        ahead -= 3_000;
        for (long end = now + Delay.SETTLED_MILLIS; now < end; now += 500) {
            assertThat(delay.isOver(Duration.ofSeconds(5), now - 5 + ahead, now))
                    .isFalse();
            assertThat(isOver(5)).isTrue();
        }
        talk(20_000);
        assertThat(isOver(2_006)).isTrue();
    }

    /** What waited is read so slowly that it takes four times as long as a set clock. */
    @Test
    void whatWaitedIsOverHoweverSlowlyItIsRead() {
        talk(40_000);
        now += 9_999;
        for (long waited = 9_999; waited > 2_005; waited -= 333, now += 500) {
            assertThat(isOver(waited)).as("after %d ms", waited).isTrue();
        }
        talk(20_000);
    }

    /** Of a halt now and then each is another. */
    @Test
    void whatIsHeldUpAgainAndAgainIsOver() {
        talk(40_000);
        for (int i = 0; i < 20; i++, now += 1_000) {
            assertThat(isOver(i % 2 == 0 ? 4_000 : 5_000)).isTrue();
            assertThat(isOver(5)).isFalse();
        }
    }

    @Test
    void clocksThatDriftApartAreFollowed() {
        for (int i = 0; i < 10_000; i++, now += 100) {
            ahead -= i % 10 == 0 ? 1 : 0;
            assertThat(isOver(5)).isFalse();
        }
        assertThat(isOver(2_030)).isTrue();
        now += Delay.FORGOTTEN_MILLIS;
        ahead -= 5_000;
        talk(20_000);
    }
}
