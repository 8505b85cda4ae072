package io.gatehouse.store.pg;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Instants as columns: nanoseconds since 1970, as exact as they came; from 1677 to 2262, and no further. */
final class Nanos {
    private static final long PER_SECOND = 1_000_000_000L;
    private static final BigInteger LAST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger FIRST = BigInteger.valueOf(Long.MIN_VALUE);

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
        return BigInteger.valueOf(seconds)
                .multiply(BigInteger.valueOf(PER_SECOND))
                .add(BigInteger.valueOf(nanos))
                .max(FIRST)
                .min(LAST)
                .longValue();
    }
}
