package io.gatehouse.store;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.PushedRequests;
import io.gatehouse.common.message.PushedRequests.Found;
import io.gatehouse.common.message.PushedRequests.Pushed;
import io.gatehouse.common.message.PushedRequests.Taken;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Answers {@link PushedRequests}. */
final class PushedRequestService {
    /** One that lives longer, or is longer, was not asked for by us. */
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(10);

    private static final int LONGEST_FORM = 16 * 1024;

    private final GrantStore.PushedRequests requests;
    private final Store.Limits limits;
    private final PushThrottle throttle;
    private final Clock clock;

    PushedRequestService(GrantStore.PushedRequests requests, Store.Limits limits, PushThrottle throttle, Clock clock) {
        this.requests = requests;
        this.limits = limits;
        this.throttle = throttle;
        this.clock = clock;
    }

    Future<?> answer(PushedRequests<?> request) {
        return switch (request) {
            case PushedRequests.Push push -> push(push, clock.instant());
            case PushedRequests.Find find ->
                requests.find(find, clock.instant()).map(Found::new);
            case PushedRequests.Take take ->
                requests.take(take, clock.instant()).map(Taken::new);
        };
    }

    private Future<Pushed> push(PushedRequests.Push push, Instant now) {
        if (push.form().length() > LONGEST_FORM || push.expiresAt().isAfter(now.plus(LONGEST_LIFE))) {
            return Future.failedFuture(
                    OAuthError.failure(Code.INVALID_REQUEST, "the request may not be so long, or live so long"));
        }
        AuditLine line = AuditLine.of("pushed_request", push.tenant()).client(push.clientId());
        return Reservation.make(limits, throttle.of(push), line, now)
                .compose(reserved -> requests.push(PushedRequest.of(push), now))
                .map(written -> new Pushed(push.expiresAt()));
    }
}
