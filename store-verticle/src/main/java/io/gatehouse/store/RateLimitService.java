package io.gatehouse.store;

import io.gatehouse.common.config.Rate;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.limit.Gcra;
import io.gatehouse.common.limit.Quota;
import io.gatehouse.common.message.RateLimits;
import io.gatehouse.common.message.RateLimits.Take;
import io.gatehouse.common.message.RateLimits.Taken;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;

/** Answers {@link RateLimits}. */
final class RateLimitService {
    private final Store.Limits limits;
    private final Clock clock;

    RateLimitService(Store.Limits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    Future<?> answer(RateLimits<?> request) {
        return switch (request) {
            case Take take -> take(take, clock.instant());
        };
    }

    private Future<Taken> take(Take request, Instant now) {
        Rate rate = new Rate(request.limit(), request.window());
        // Named apart: whoever asks can't count against the logins of an account.
        Digest key = LoginThrottle.key(
                "requests", request.tenant(), request.key().value().base64Url());
        return limits.take(new Limit(key, rate), now).map(decision -> taken(decision, now, rate));
    }

    private static Taken taken(Gcra.Decision decision, Instant now, Rate rate) {
        Quota quota = Quota.of(decision, Gcra.micros(now), rate);
        return new Taken(quota.admitted(), quota.remaining(), quota.reset(), quota.retryAfter());
    }
}
