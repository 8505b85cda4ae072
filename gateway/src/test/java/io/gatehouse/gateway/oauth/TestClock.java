package io.gatehouse.gateway.oauth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/** Time that passes when a test says so, for both kinds of clock. */
public final class TestClock extends Clock {
    public static final Instant START = Instant.parse("2026-05-04T03:02:01Z");

    private volatile Instant now = START;

    public void pass(Duration time) {
        now = now.plus(time);
    }

    /** Monotonic, and near its overflow. */
    LongSupplier nanos() {
        return () -> Long.MAX_VALUE - 1_000_000 + Duration.between(START, now).toNanos();
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
