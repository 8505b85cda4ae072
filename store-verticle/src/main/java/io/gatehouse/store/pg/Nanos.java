package io.gatehouse.store.pg;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Instants as columns: nanoseconds since 1970, as exact as they came; from 1677 to 2262, and no further. */
final class Nanos {
    private static final long PER_SECOND = 1_000_000_000L;

    private Nanos() {}

    static long of(Instant instant) {
        return clamped(instant.getEpochSecond(), instant.getNano());
    }

    static @Nullable Long orNull(@Nullable Instant instant) {
        return instant == null ? null : of(instant);
    }

    static long of(Duration duration) {
        return clamped(duration.getSeconds(), duration.getNano());
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, PER_SECOND), Math.floorMod(nanos, PER_SECOND));
    }

    static Duration duration(long nanos) {
        return Duration.ofNanos(nanos);
    }

    /** Days since 1970 (UTC). */
    static int day(Instant instant) {
        return Math.toIntExact(LocalDate.ofInstant(instant, ZoneOffset.UTC).toEpochDay());
    }

    private static long clamped(long seconds, long nanos) {
        try {
            // Towards zero: the first second there is begins before the first nanosecond.
            return seconds < 0
                    ? Math.addExact(Math.multiplyExact(seconds + 1, PER_SECOND), nanos - PER_SECOND)
                    : Math.addExact(Math.multiplyExact(seconds, PER_SECOND), nanos);
        } catch (ArithmeticException beyond) {
            return seconds < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
