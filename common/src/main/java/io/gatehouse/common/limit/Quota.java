package io.gatehouse.common.limit;

import io.gatehouse.common.config.Rate;
import java.time.Duration;

/**
 * How one attempt ended, and what is left.
 *
 * @param admitted whether it was taken
 * @param remaining how many more would be taken at once
 * @param reset until as many as the limit would be
 * @param retryAfter until one would be; zero where this one was
 */
public record Quota(boolean admitted, int remaining, Duration reset, Duration retryAfter) {
    /** @param now that the decision was made with */
    public static Quota of(Gcra.Decision decision, long now, Rate rate) {
        long ahead = decision.full() - now;
        long interval = Gcra.interval(rate);
        long left = decision.admitted() ? rate.limit() - (ahead + interval - 1) / interval : 0;
        return new Quota(
                decision.admitted(), Math.toIntExact(left), Gcra.duration(ahead), Gcra.duration(decision.delay()));
    }
}
