package io.gatehouse.store;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.User;
import io.gatehouse.store.LoginThrottle.Attempt;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Throttle, then the password: in this order, so that a stranger learns nothing and costs little. */
final class PasswordGate {
    /** Whoever asks shall hear that the queue is long, not wonder whether we are gone. */
    static final Duration HEADROOM = Duration.ofMillis(1500);

    private final Store.Limits limits;
    private final LoginThrottle throttle;
    private final PasswordLane lane;
    private final Clock clock;

    PasswordGate(Store.Limits limits, LoginThrottle throttle, PasswordLane lane, Clock clock) {
        this.limits = limits;
        this.throttle = throttle;
        this.lane = lane;
        this.clock = clock;
    }

    /**
     * A password, and whom it is said to belong to.
     *
     * @param remoteAddress the throttle's second key
     * @param patience how long it may wait to be hashed
     */
    record Shown(String tenant, LoginName name, Secret password, String remoteAddress, Duration patience) {}

    /** @param matches false where there is no such user */
    record Checked(LoginRows rows, boolean matches) {}

    /**
     * Only a wrong password counts as a failure, neither a right one nor one that nobody looked at.
     *
     * @param line written where the throttle refuses
     * @param rows looked up only where it does not
     * @return fails with {@code Throttled}
     */
    Future<Checked> check(Shown shown, AuditLine line, Supplier<Future<LoginRows>> rows) {
        Attempt attempt = throttle.attempt(shown.tenant(), shown.name(), shown.remoteAddress());
        return Reservation.make(limits, attempt.all(), line, clock.instant())
                .compose(reserved -> check(shown, rows.get(), attempt));
    }

    private Future<Checked> check(Shown shown, Future<LoginRows> found, Attempt attempt) {
        return found.compose(rows -> lane.verify(shown.password(), hash(rows.user()), shown.patience())
                        .map(matches -> new Checked(rows, matches)))
                .transform(outcome -> outcome.succeeded() && !outcome.result().matches()
                        ? same(outcome)
                        : limits.refund(attempt.failuresOnly(), clock.instant()).transform(refunded -> same(outcome)));
    }

    private static @Nullable Secret hash(@Nullable User user) {
        return user == null ? null : user.passwordHash();
    }

    private static <T> Future<T> same(AsyncResult<T> outcome) {
        return outcome.succeeded() ? Future.succeededFuture(outcome.result()) : Future.failedFuture(outcome.cause());
    }
}
