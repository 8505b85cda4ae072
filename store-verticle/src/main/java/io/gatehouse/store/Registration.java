package io.gatehouse.store;

import java.time.Duration;
import java.time.Instant;

/**
 * That a client came by itself, and for how long it is kept.
 *
 * @param unusedLife how long it is kept at least though nobody uses it
 * @param usedAt when somebody did, to the day
 */
public record Registration(String tenant, String clientId, Duration unusedLife, Instant usedAt) {
    /** A use is written once in so long. */
    public static final Duration GRAIN = Duration.ofDays(1);

    /** From when on it is garbage, unless it is used before. */
    public Instant end() {
        return usedAt.plus(unusedLife).plus(GRAIN);
    }

    /** Whether a use now is worth a write. */
    public boolean isNoticeable(Instant now) {
        return !now.isBefore(usedAt.plus(GRAIN));
    }

    /** The same, used now. */
    public Registration used(Instant now) {
        return new Registration(tenant, clientId, unusedLife, now);
    }
}
