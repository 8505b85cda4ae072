package io.gatehouse.common.message;

import io.gatehouse.common.crypto.Digest;
import java.time.Duration;

/** Limits that all nodes count together. They need not survive a restart. */
public sealed interface RateLimits<R> extends StoreRequest<R> {
    String ADDRESS = "gatehouse.v1.store.ratelimits";

    @Override
    default String address() {
        return ADDRESS;
    }

    /** Whoever asks lets somebody wait for it, and can count for itself. */
    @Override
    default Duration timeout() {
        return Duration.ofMillis(500);
    }

    /**
     * Takes one of what may pass in a window, where there is one.
     *
     * @param key of what is counted; a digest, so that no personal datum lies among counters
     * @param limit that may pass in a window, all of them at once
     * @param window a second at least, a day at most
     */
    record Take(String tenant, Digest key, int limit, Duration window) implements RateLimits<Taken> {}

    /**
     * @param admitted whether there was one
     * @param remaining how many more there are now
     * @param reset until there are as many as the limit
     * @param retryAfter until there is one; zero where there was
     */
    record Taken(boolean admitted, int remaining, Duration reset, Duration retryAfter) {}
}
