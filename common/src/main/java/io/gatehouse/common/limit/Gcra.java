package io.gatehouse.common.limit;

import io.gatehouse.common.config.Rate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The generic cell rate algorithm: a limit per window as one number per key, the time at which the key will be full
 * again. Whole microseconds, so that a script with doubles counts alike.
 */
public final class Gcra {
    private Gcra() {}

    /**
     * @param admitted whether the attempt was taken
     * @param full the new time at which the key is full again
     * @param delay microseconds until an attempt would be taken; 0 where it was
     */
    public record Decision(boolean admitted, long full, long delay) {}

    /**
     * Takes one attempt, or none.
     *
     * @param full when the key is full again, in microseconds since 1970; anything up to {@code now} for an unknown key
     */
    public static Decision take(long full, long now, Rate rate) {
        long interval = interval(rate);
        long burst = interval * rate.limit();
        // A clock that was set back must not lock anybody out for longer than the window.
        long start = Math.min(Math.max(full, now), now + burst);
        long next = start + interval;
        long delay = next - now - burst;
        return delay > 0 ? new Decision(false, start, delay) : new Decision(true, next, 0);
    }

    /** The new time at which the key is full again, once an attempt is given back. */
    public static long giveBack(long full, Rate rate) {
        return full - interval(rate);
    }

    public static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    public static Duration duration(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }

    /** Microseconds after which one more is taken; so many times the limit are the window, but for what does not divide. */
    public static long interval(Rate rate) {
        return Math.max(1, rate.window().toNanos() / 1000 / rate.limit());
    }
}
