package io.gatehouse.store;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.OneTimeValues;
import io.gatehouse.common.message.OneTimeValues.Spend;
import io.gatehouse.common.message.OneTimeValues.Spent;
import io.gatehouse.store.copy.CopyFacts;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Answers {@link OneTimeValues}. */
final class OneTimeValueService {
    private final Store.OneTimeValues values;
    private final Store.Limits limits;
    private final ProofThrottle throttle;
    private final Clock clock;

    OneTimeValueService(Store.OneTimeValues values, Store.Limits limits, ProofThrottle throttle, Clock clock) {
        this.values = values;
        this.limits = limits;
        this.throttle = throttle;
        this.clock = clock;
    }

    Future<?> answer(OneTimeValues<?> request) {
        return switch (request) {
            case Spend spend -> spend(spend);
        };
    }

    Future<Spent> spend(Spend request) {
        Instant now = clock.instant();
        // What lived longer would outlast what a copy waits for that lost its memory.
        if (request.until().isAfter(now.plus(CopyFacts.LONGEST_JWT))) {
            return Future.failedFuture(
                    OAuthError.failure(Code.INVALID_REQUEST, "the value would have to be remembered for too long"));
        }
        return reserve(request, now)
                .compose(reserved -> first(request, now))
                .map(Spent::new)
                .onSuccess(spent -> audit(request, spent));
    }

    private Future<Void> reserve(Spend request, Instant now) {
        List<Limit> wanted = throttle.of(request);
        return wanted.isEmpty() ? Future.succeededFuture() : Reservation.make(limits, wanted, line(request), now);
    }

    private Future<Boolean> first(Spend request, Instant now) {
        // Nobody accepts it any more, and nothing would remember it.
        return now.isBefore(request.until()) ? values.spend(request, now) : Future.succeededFuture(false);
    }

    private static void audit(Spend request, Spent spent) {
        if (!spent.first()) {
            line(request).outcome("replayed");
        }
    }

    private static AuditLine line(Spend request) {
        return AuditLine.of("one_time_value", request.tenant())
                .with("kind", request.kind())
                .with("owner", request.owner());
    }
}
