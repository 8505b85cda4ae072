package io.gatehouse.common.client;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Tells when heartbeats fail to come, by how far apart they were lately. Whoever makes them up keeps it from being noticed, and nothing more:
 * what they are waited for is asked about now and then anyway.
 */
final class Silence {
    private static final long SHORTEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private final long longest;
    private long usual;
    private long heard;

    /** @param longest that they are ever taken to be apart */
    Silence(Duration longest, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.longest = longest.toNanos();
        this.usual = this.longest;
        this.heard = nanoTime.getAsLong();
    }

    /** One came. */
    synchronized void heard() {
        long now = nanoTime.getAsLong();
        // Several stores have one each: the longest gap between two tells, until it was long ago.
        usual = Math.max(SHORTEST_NANOS, Math.max(usual / 2, Math.min(now - heard, longest)));
        heard = now;
    }

    /** Whether two of them are missing. */
    synchronized boolean lasts() {
        return nanoTime.getAsLong() - heard > 2 * usual + usual / 2;
    }
}
