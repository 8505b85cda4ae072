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

/** Answers {@link OneTimeValues}. */
final class OneTimeValueService {
    private final Store.OneTimeValues values;
    private final Clock clock;

    OneTimeValueService(Store.OneTimeValues values, Clock clock) {
        this.values = values;
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
        // Nobody accepts it any more, and nothing would remember it.
        Future<Boolean> first =
                now.isBefore(request.until()) ? values.spend(request, now) : Future.succeededFuture(false);
        return first.map(Spent::new).onSuccess(spent -> audit(request, spent));
    }

    private static void audit(Spend request, Spent spent) {
        if (!spent.first()) {
            AuditLine.of("one_time_value", request.tenant())
                    .with("kind", request.kind())
                    .with("owner", request.owner())
                    .outcome("replayed");
        }
    }
}
