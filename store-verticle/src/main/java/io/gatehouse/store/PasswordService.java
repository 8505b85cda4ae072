package io.gatehouse.store;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Sessions.ChangePassword;
import io.gatehouse.common.message.Sessions.PasswordChange;
import io.gatehouse.common.message.Sessions.PasswordRefusal;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.User;
import io.gatehouse.store.PasswordGate.Shown;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers {@link ChangePassword}: whoever only found an open browser must not be able to lock its owner out. */
final class PasswordService {
    /** NIST SP 800-63B, section 5.1.1.2. */
    private static final int SHORTEST = 8;

    private final SessionStore.Sessions sessions;
    private final PasswordGate gate;
    private final PasswordLane lane;
    private final Announcer announcer;
    private final Clock clock;

    PasswordService(
            SessionStore.Sessions sessions, PasswordGate gate, PasswordLane lane, Announcer announcer, Clock clock) {
        this.sessions = sessions;
        this.gate = gate;
        this.lane = lane;
        this.announcer = announcer;
        this.clock = clock;
    }

    Future<PasswordChange> change(ChangePassword request) {
        return sessions.find(request.tenant(), request.session(), clock.instant())
                .compose(rows -> rows == null
                        ? Future.succeededFuture(refused(line(request), PasswordRefusal.NO_SESSION))
                        : change(request, rows.user()));
    }

    private Future<PasswordChange> change(ChangePassword request, User user) {
        AuditLine line = line(request).subject(user.profile().subject());
        PasswordRefusal refusal = refusal(request.replacement());
        if (refusal != null) {
            return Future.succeededFuture(refused(line, refusal));
        }
        LoginName username =
                new LoginName(LoginName.Kind.USERNAME, user.profile().username());
        Shown shown =
                new Shown(request.tenant(), username, request.current(), request.remoteAddress(), patience(request));
        LoginRows rows = new LoginRows(user, null);
        return gate.check(shown, line, () -> Future.succeededFuture(rows))
                .compose(checked -> replace(request, checked.matches() ? user.passwordHash() : null, line));
    }

    /** Two passwords are hashed while the asker waits. */
    private static Duration patience(ChangePassword request) {
        return request.timeout().minus(PasswordGate.HEADROOM).dividedBy(2);
    }

    private static @Nullable PasswordRefusal refusal(Secret replacement) {
        if (replacement.value().length() > PasswordLane.LONGEST_PASSWORD_BYTES) {
            return PasswordRefusal.TOO_LONG;
        }
        return replacement.reveal().codePoints().count() < SHORTEST ? PasswordRefusal.TOO_SHORT : null;
    }

    /** @param checked the hash of the current password; null: that was another */
    private Future<PasswordChange> replace(ChangePassword request, @Nullable Secret checked, AuditLine line) {
        if (checked == null) {
            return Future.succeededFuture(refused(line, PasswordRefusal.WRONG_PASSWORD));
        }
        if (request.replacement().equals(request.current())) {
            return Future.succeededFuture(refused(line, PasswordRefusal.SAME_AS_BEFORE));
        }
        return lane.hash(request.replacement(), patience(request))
                .compose(hash -> sessions.changePassword(
                        request.tenant(), request.session(), checked, hash, request.fresh(), clock.instant()))
                .map(denials -> changed(line, denials));
    }

    /** A password that somebody changed meanwhile ended the session, or gave it another secret. */
    private PasswordChange changed(AuditLine line, @Nullable List<SequencedDenial> denials) {
        if (denials == null) {
            return refused(line, PasswordRefusal.NO_SESSION);
        }
        line.outcome("changed");
        return new PasswordChange.Changed(announcer.denied(denials));
    }

    private static PasswordChange refused(AuditLine line, PasswordRefusal reason) {
        line.outcome(reason);
        return new PasswordChange.Refused(reason);
    }

    private static AuditLine line(ChangePassword request) {
        return AuditLine.of("password_change", request.tenant())
                .with("sid", request.session().id().sid());
    }
}
