package io.gatehouse.gateway.proxy.rate;

import io.gatehouse.common.config.Rate;
import io.gatehouse.common.limit.Quota;
import io.gatehouse.gateway.http.Reply;
import java.time.Duration;
import java.util.List;

/** {@code RateLimit-Policy} and {@code RateLimit}, as draft-ietf-httpapi-ratelimit-headers-11 has them. */
public final class RateHeaders {
    private RateHeaders() {}

    /**
     * What the sender of a request is told.
     *
     * @param policy its name: visible ASCII without quotes and backslashes
     */
    public static List<Reply.Header> of(String policy, Rate rate, Quota quota) {
        // With something left, it lasts until all is back; with nothing, one has to wait for the next.
        Duration until = quota.admitted() ? untilUsable(rate, quota) : quota.retryAfter();
        return List.of(
                new Reply.Header(
                        "RateLimit-Policy", "\"" + policy + "\";q=" + rate.limit() + ";w=" + seconds(rate.window())),
                new Reply.Header("RateLimit", "\"" + policy + "\";r=" + quota.remaining() + ";t=" + seconds(until)));
    }

    private static Duration untilUsable(Rate rate, Quota quota) {
        Duration one = rate.window().dividedBy(rate.limit());
        Duration next = quota.reset().minus(rate.window()).plus(one);
        return quota.remaining() > 0 || next.isNegative() ? quota.reset() : next;
    }

    /** Never too early. */
    private static long seconds(Duration duration) {
        return Math.max(1, duration.plusMillis(999).toSeconds());
    }
}
