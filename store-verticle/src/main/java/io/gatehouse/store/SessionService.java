package io.gatehouse.store;

import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.message.Sessions.Beginning;
import io.gatehouse.common.message.Sessions.ConsentSummary;
import io.gatehouse.common.message.Sessions.Current;
import io.gatehouse.common.message.Sessions.Ended;
import io.gatehouse.common.message.Sessions.Overviewed;
import io.gatehouse.common.message.Sessions.SessionSummary;
import io.gatehouse.common.message.Users.Rejection;
import io.gatehouse.common.model.SecondFactor;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.SessionId;
import io.gatehouse.common.model.User;
import io.gatehouse.store.PasswordGate.Checked;
import io.gatehouse.store.PasswordGate.Shown;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Answers {@link Sessions}, but for changes of the password. */
final class SessionService {
    private final Store store;
    private final PasswordGate gate;
    private final PasswordService passwords;
    private final SessionTimes times;
    private final SessionVouching vouching;
    private final FactorLogins factorLogins;
    private final Announcer announcer;
    private final Clock clock;

    SessionService(
            Store store,
            PasswordGate gate,
            PasswordService passwords,
            SessionTimes times,
            SessionVouching vouching,
            FactorLogins factorLogins,
            Announcer announcer,
            Clock clock) {
        this.store = store;
        this.gate = gate;
        this.passwords = passwords;
        this.times = times;
        this.vouching = vouching;
        this.factorLogins = factorLogins;
        this.announcer = announcer;
        this.clock = clock;
    }

    Future<?> answer(Sessions<?> request) {
        return switch (request) {
            case Sessions.Begin begin -> begin(begin);
            case Sessions.Find find ->
                store.sessions()
                        .find(find.tenant(), find.session(), clock.instant())
                        .map(rows -> new Sessions.Found(rows == null ? null : current(rows)));
            case Sessions.Vouch vouch -> vouching.vouch(vouch);
            case Sessions.Overview overview -> overview(overview);
            case Sessions.End end -> end(end);
            case Sessions.Withdraw withdraw -> withdraw(withdraw);
            case Sessions.ChangePassword change -> passwords.change(change);
        };
    }

    private Future<Beginning> begin(Sessions.Begin request) {
        Shown shown = new Shown(
                request.tenant(),
                request.loginName(),
                request.password(),
                request.remoteAddress(),
                request.timeout().minus(PasswordGate.HEADROOM));
        AuditLine line = AuditLine.of("login", request.tenant());
        return gate.check(
                        shown,
                        line,
                        () -> store.users()
                                .named(request.tenant(), request.loginName())
                                .map(user -> new LoginRows(user, null)))
                .compose(checked -> begin(request, checked, line));
    }

    private Future<Beginning> begin(Sessions.Begin request, Checked checked, AuditLine line) {
        User user = checked.rows().user();
        AuditLine named = line.subject(user == null ? null : user.profile().subject());
        Rejection rejection = LoginRules.rejection(
                user, checked.matches(), request.loginName().kind());
        if (rejection != null || user == null) {
            Rejection reason = rejection == null ? Rejection.BAD_CREDENTIALS : rejection;
            named.outcome(reason);
            return Future.succeededFuture(new Beginning.Rejected(reason));
        }
        return store.secondFactors()
                .find(request.tenant(), user.profile().subject())
                .compose(factor -> factor == null
                        ? begin(request, user, named)
                        : Future.succeededFuture(factorNeeded(request, user, named)));
    }

    /** Half a login: nothing of it counts before {@link FactorLogins} has seen the rest. */
    private Beginning factorNeeded(Sessions.Begin request, User user, AuditLine line) {
        line.outcome(Rejection.SECOND_FACTOR_NEEDED);
        return new Beginning.FactorNeeded(factorLogins.begin(request.tenant(), user));
    }

    private Future<Beginning> begin(Sessions.Begin request, User user, AuditLine named) {
        Instant now = clock.instant();
        return store.sessions()
                .begin(times.begin(user, request.fresh(), request.device(), now), request.current(), now)
                .map(begun -> begun(begun, named));
    }

    private Beginning begun(SessionBegun begun, AuditLine line) {
        String sid = begun.session().id().sid();
        line.with("sid", sid).outcome("authenticated");
        return new Beginning.Begun(sid, begun.session().expiresAt(), announcer.denied(begun.denials()));
    }

    private static Current current(SessionRows rows) {
        Session session = rows.session();
        return new Current(
                session.id().sid(), rows.user().profile(), session.authTime(), session.amr(), session.expiresAt());
    }

    private Future<Overviewed> overview(Sessions.Overview request) {
        return store.sessions()
                .overview(request.tenant(), request.session(), clock.instant())
                .compose(seen -> seen == null
                        ? Future.succeededFuture(new Overviewed(null, List.of(), List.of(), 0))
                        : spentRecoveryCodes(seen.current().session()).map(spent -> overviewed(seen, spent)));
    }

    /** A session that is not by two factors is of somebody who has one. */
    private Future<Integer> spentRecoveryCodes(Session session) {
        return !SecondFactor.isIn(session.amr())
                ? Future.succeededFuture(0)
                : store.secondFactors()
                        .find(session.tenant(), session.subject())
                        .map(factor -> factor == null ? 0 : factor.spentRecoveryCodes());
    }

    private static Overviewed overviewed(SessionOverview overview, int spentRecoveryCodes) {
        return new Overviewed(
                current(overview.current()),
                overview.sessions().stream().map(SessionService::summary).toList(),
                overview.consents().stream().map(SessionService::summary).toList(),
                spentRecoveryCodes);
    }

    private static SessionSummary summary(Session session) {
        return new SessionSummary(
                session.id().sid(), session.device(), session.createdAt(), session.lastUsedAt(), session.expiresAt());
    }

    private static ConsentSummary summary(SessionOverview.Allowed allowed) {
        return new ConsentSummary(
                allowed.consent().clientId(),
                allowed.clientName(),
                allowed.consent().scope(),
                allowed.consent().grantedAt());
    }

    private Future<Ended> end(Sessions.End request) {
        SessionId other = request.sid() == null ? null : SessionId.parse(request.sid());
        if (request.sid() != null && other == null) {
            return Future.succeededFuture(new Ended(false, List.of()));
        }
        SessionId ending = other == null ? request.session().id() : other;
        return store.sessions()
                .end(request.tenant(), request.session(), other, clock.instant())
                .map(denials -> {
                    AuditLine.of("session_ended", request.tenant())
                            .with("sid", ending.sid())
                            .outcome(denials == null ? "unknown" : "ended");
                    return denials == null ? new Ended(false, List.of()) : new Ended(true, announcer.denied(denials));
                });
    }

    private Future<Sessions.Withdrawn> withdraw(Sessions.Withdraw request) {
        return store.sessions()
                .withdraw(request.tenant(), request.session(), request.clientId(), clock.instant())
                .map(denials -> {
                    AuditLine.of("consent_withdrawn", request.tenant())
                            .client(request.clientId())
                            .with("sid", request.session().id().sid())
                            .outcome(denials == null ? "unknown" : "withdrawn");
                    return denials == null
                            ? new Sessions.Withdrawn(false, List.of())
                            : new Sessions.Withdrawn(true, announcer.denied(denials));
                });
    }
}
