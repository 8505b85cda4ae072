package io.gatehouse.store;

import io.gatehouse.common.error.OAuthError;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;

/** Counts against limits before something is done. */
final class Reservation {
    private Reservation() {}

    /**
     * @param line written where there is no room
     * @return fails with {@code Throttled} where there is none
     */
    static Future<Void> make(Store.Limits limits, List<Limit> wanted, AuditLine line, Instant now) {
        return limits.reserve(wanted, now).map(delay -> {
            if (!delay.isZero()) {
                line.outcome("throttled");
                throw new OAuthError.Throttled(delay).failure();
            }
            return null;
        });
    }
}
