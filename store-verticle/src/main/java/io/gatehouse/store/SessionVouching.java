package io.gatehouse.store;

import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.SessionStatement;
import io.gatehouse.common.message.Sessions.Vouch;
import io.gatehouse.common.message.Sessions.Vouched;
import io.gatehouse.common.message.Sessions.Vouching;
import io.gatehouse.common.model.Session;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** States whose session it is that a service is used in. */
final class SessionVouching {
    /** Gateways remember it for half of that. */
    private static final Duration LIFE = Duration.ofMinutes(1);

    private final SessionStore.Sessions sessions;
    private final SessionTimes times;
    private final Attestor attestor;
    private final Clock clock;

    SessionVouching(SessionStore.Sessions sessions, SessionTimes times, Attestor attestor, Clock clock) {
        this.sessions = sessions;
        this.times = times;
        this.attestor = attestor;
        this.clock = clock;
    }

    Future<Vouched> vouch(Vouch request) {
        Instant now = clock.instant();
        return sessions.find(request.tenant(), request.session(), now)
                .compose(rows -> rows == null
                        ? Future.succeededFuture(new Vouched(null))
                        : used(request, rows.session(), now).map(used -> new Vouched(vouching(rows, now))));
    }

    private Future<Void> used(Vouch request, Session session, Instant now) {
        return times.isNoticeable(session.lastUsedAt(), now)
                ? sessions.use(request.tenant(), request.session(), now, times.idleEnd(now))
                : Future.succeededFuture();
    }

    private Vouching vouching(SessionRows rows, Instant now) {
        Session session = rows.session();
        SessionStatement statement = new SessionStatement(
                session.tenant(),
                session.subject(),
                session.id().sid(),
                rows.user().profile().roles(),
                session.authTime(),
                now.plus(LIFE),
                session.amr());
        return new Vouching(attestor.attest(statement), session.subjectEpoch(), session.expiresAt());
    }
}
