package io.gatehouse.gateway.page;

import io.gatehouse.common.crypto.Digest;
import java.time.Instant;

/**
 * Where somebody wanted to go who must log in first. It travels sealed.
 *
 * @param tenant whose users the service takes
 * @param host of the service, with its port where that is no scheme's own
 * @param target path and query there
 * @param maxAge how many seconds ago the user may have logged in; negative: any time
 * @param nonce digest of a cookie that was set at the service's host: another browser gets nowhere
 * @param secondFactor whether the login must be by two factors
 */
public record ServiceVisit(
        String tenant, String host, String target, long maxAge, Digest nonce, Instant startedAt, boolean secondFactor) {
    /** Whether a login will do. One that the visit itself led to always does: else it would go round in circles. */
    boolean isSatisfiedBy(Instant authTime, Instant now) {
        return maxAge < 0 || !authTime.isBefore(startedAt) || !authTime.isBefore(now.minusSeconds(maxAge));
    }
}
