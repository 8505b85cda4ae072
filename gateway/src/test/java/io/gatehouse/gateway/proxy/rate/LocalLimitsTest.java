package io.gatehouse.gateway.proxy.rate;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.config.Rate;
import io.gatehouse.common.limit.Quota;
import io.gatehouse.gateway.oauth.TestClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalLimitsTest {
    private static final Rate FIVE = Rate.parse("5/PT5M");
    private static final String ROUTE = "route a";

    private final TestClock clock = new TestClock();
    private final LocalLimits limits = new LocalLimits(clock, 100);

    private Quota take(String whose) {
        return limits.take(ROUTE, whose, FIVE);
    }

    private void exhaust(String whose) {
        IntStream.range(0, 5).forEach(i -> assertThat(take(whose).admitted()).isTrue());
        assertThat(take(whose).admitted()).isFalse();
    }

    @Test
    void tellsWhatIsLeftAndWhenThereIsMore() {
        assertThat(take("a")).isEqualTo(new Quota(true, 4, Duration.ofMinutes(1), Duration.ZERO));
        assertThat(take("a").remaining()).isEqualTo(3);
        clock.pass(Duration.ofSeconds(30));
        assertThat(take("a")).isEqualTo(new Quota(true, 2, Duration.ofSeconds(150), Duration.ZERO));
        assertThat(take("a").remaining()).isEqualTo(1);
        assertThat(take("a")).isEqualTo(new Quota(true, 0, Duration.ofSeconds(270), Duration.ZERO));
        assertThat(take("a")).isEqualTo(new Quota(false, 0, Duration.ofSeconds(270), Duration.ofSeconds(30)));
    }

    @Test
    void routesCountApart() {
        exhaust("a");
        assertThat(limits.take("route b", "a", FIVE).admitted()).isTrue();
        assertThat(take("b").admitted()).isTrue();
    }

    @Test
    void threadsTakeNoMoreThanThereIs() {
        AtomicInteger admitted = new AtomicInteger();
        IntStream.range(0, 2000).parallel().forEach(i -> {
            if (take("a").admitted()) {
                admitted.incrementAndGet();
            }
        });
        assertThat(admitted).hasValue(5);
    }

    @Test
    void whatIsFullAgainIsForgotten() {
        IntStream.range(0, 100).forEach(i -> take("name " + i));
        assertThat(limits.size()).isEqualTo(100);
        clock.pass(Duration.ofMinutes(1));
        assertThat(limits.size()).isZero();
    }

    /** Whoever makes up names gets nobody's counter to begin anew, and is counted himself. */
    @Test
    void aFloodIsBoundedAndFreesNobody() {
        exhaust("victim");
        AtomicInteger admitted = new AtomicInteger();
        IntStream.range(0, 50_000).forEach(i -> {
            if (take("flood " + i).admitted()) {
                admitted.incrementAndGet();
            }
        });
        assertThat(limits.size()).isEqualTo(100);
        assertThat(take("victim").admitted()).isFalse();
        // As many as have a counter of their own, and five for each of those that are shared.
        assertThat(admitted.get()).isBetween(1024, 99 + 5 * 1024);
        clock.pass(Duration.ofMinutes(1));
        assertThat(take("victim").admitted()).isTrue();
        assertThat(take("victim").admitted()).isFalse();
    }

    @Test
    void whoWasCountedAmongOthersDoesNotBeginAnew() {
        IntStream.range(0, 100).forEach(i -> take("early " + i));
        exhaust("late");
        clock.pass(Duration.ofMinutes(1));
        assertThat(limits.size()).isZero();
        assertThat(take("late")).isEqualTo(new Quota(true, 0, Duration.ofMinutes(5), Duration.ZERO));
        assertThat(take("late").admitted()).isFalse();
    }

    @Test
    void aClockThatIsSetBackLocksNobodyOutForLongerThanTheWindow() {
        exhaust("a");
        clock.pass(Duration.ofHours(-3));
        assertThat(take("a").retryAfter()).isEqualTo(Duration.ofMinutes(1));
        clock.pass(Duration.ofMinutes(1));
        assertThat(take("a").admitted()).isTrue();
    }
}
