package io.gatehouse.store;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Devices;
import io.gatehouse.common.message.Devices.Begun;
import io.gatehouse.common.message.Devices.Decided;
import io.gatehouse.common.message.Devices.Found;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Answers {@link Devices}. */
final class DeviceService {
    /** The code that a decision gives lives as long, which no code may exceed. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Store store;
    private final DeviceThrottle throttle;
    private final Clock clock;

    DeviceService(Store store, DeviceThrottle throttle, Clock clock) {
        this.store = store;
        this.throttle = throttle;
        this.clock = clock;
    }

    Future<?> answer(Devices<?> request) {
        return switch (request) {
            case Devices.Begin begin -> begin(begin);
            case Devices.Find find -> find(find);
            case Devices.Decide decide -> decide(decide);
            case Devices.Poll poll -> store.devices().poll(poll, clock.instant());
        };
    }

    private Future<Begun> begin(Devices.Begin request) {
        Instant now = clock.instant();
        if (request.expiresAt().isAfter(now.plus(LONGEST))
                || !request.interval().isPositive()) {
            return Future.failedFuture(
                    OAuthError.failure(Code.INVALID_REQUEST, "the request may not wait so long, or has no interval"));
        }
        AuditLine line = AuditLine.of("device_authorization", request.tenant()).client(request.clientId());
        return Reservation.make(
                        store.limits(),
                        throttle.request(
                                request.tenant(),
                                request.authenticated() ? request.clientId() : null,
                                request.remoteAddress()),
                        line,
                        now)
                .compose(reserved -> store.devices().begin(DeviceRequest.of(request, now), now))
                .map(begun -> {
                    line.outcome("begun");
                    return new Begun(request.expiresAt());
                });
    }

    /** Whoever is not logged in has nothing that a guess could count against, and learns nothing. */
    private Future<Found> find(Devices.Find request) {
        return store.sessions()
                .find(request.tenant(), request.session(), clock.instant())
                .compose(rows -> rows == null
                        ? Future.succeededFuture(new Found(null))
                        : find(request, rows.user().profile().subject()));
    }

    private Future<Found> find(Devices.Find request, String subject) {
        Instant now = clock.instant();
        List<Limit> limits = throttle.userCode(request.tenant(), subject, request.remoteAddress());
        AuditLine line = AuditLine.of("user_code", request.tenant()).subject(subject);
        return Reservation.make(store.limits(), limits, line, now)
                .compose(reserved -> store.devices().find(request.tenant(), request.userCode(), now))
                .compose(waiting -> {
                    line.outcome(waiting == null ? "unknown" : "found");
                    Future<Void> refunded = waiting == null
                            ? Future.succeededFuture()
                            : store.limits().refund(limits, now);
                    return refunded.transform(done -> Future.succeededFuture(new Found(waiting)));
                });
    }

    private Future<Decided> decide(Devices.Decide request) {
        return store.devices().decide(request, clock.instant()).map(done -> {
            AuditLine.of("device_decided", request.tenant())
                    .with("sid", request.session().id().sid())
                    .outcome(done ? (request.allowed() ? "allowed" : "denied") : "too_late");
            return new Decided(done);
        });
    }
}
