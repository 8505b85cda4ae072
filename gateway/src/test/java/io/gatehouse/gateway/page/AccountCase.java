package io.gatehouse.gateway.page;

import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.message.Sessions.ConsentSummary;
import io.gatehouse.common.message.Sessions.Current;
import io.gatehouse.common.message.Sessions.PasswordChange;
import io.gatehouse.common.message.Sessions.PasswordRefusal;
import io.gatehouse.common.message.Sessions.SessionSummary;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.SessionId;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.gateway.oauth.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;

/** Somebody who has logged in, here and on another device, and a store that knows it. */
abstract class AccountCase extends PageCase {
    static final Instant LATER = TestClock.START.plus(Duration.ofDays(7));
    /** Of the other device. */
    static final String OTHER = SessionId.expiring(LATER).sid();

    int spentRecoveryCodes;

    @BeforeEach
    void know() {
        gateway.node
                .on(Sessions.Find.class, find -> new Sessions.Found(current(find.tenant(), find.session())))
                .on(Sessions.Overview.class, asked -> overview(current(asked.tenant(), asked.session())))
                .on(Sessions.End.class, this::end)
                .on(
                        Sessions.Withdraw.class,
                        asked -> new Sessions.Withdrawn(asked.clientId().equals("web"), List.of()))
                .on(Sessions.ChangePassword.class, this::changePassword);
    }

    private Current current(String tenant, SessionProof proof) {
        return living(tenant).containsKey(proof)
                ? new Current(proof.id().sid(), ADA, TestClock.START, List.of("pwd"), LATER)
                : null;
    }

    private Sessions.Overviewed overview(Current current) {
        return current == null
                ? new Sessions.Overviewed(null, List.of(), List.of(), 0)
                : new Sessions.Overviewed(
                        current,
                        Stream.of(current.sid(), OTHER)
                                .map(sid -> new SessionSummary(
                                        sid,
                                        sid.equals(OTHER) ? "" : "Firefox, Linux",
                                        TestClock.START.minusSeconds(3600),
                                        TestClock.START,
                                        LATER))
                                .toList(),
                        List.of(
                                new ConsentSummary("web", "Paper <Boat>", Scope.parse("openid email"), TestClock.START),
                                new ConsentSummary("cli", null, Scope.parse("api"), TestClock.START)),
                        spentRecoveryCodes);
    }

    private Record end(Sessions.End end) {
        boolean itself = end.sid() == null && living(end.tenant()).remove(end.session()) != null;
        return new Sessions.Ended(itself || OTHER.equals(end.sid()), List.of());
    }

    private Record changePassword(Sessions.ChangePassword change) {
        var living = living(change.tenant());
        if (!living.containsKey(change.session())) {
            return new PasswordChange.Refused(PasswordRefusal.NO_SESSION);
        }
        if (!change.current().reveal().equals(PASSWORD)) {
            return new PasswordChange.Refused(PasswordRefusal.WRONG_PASSWORD);
        }
        living.put(new SessionProof(change.session().id(), change.fresh()), living.remove(change.session()));
        return new PasswordChange.Changed(List.of());
    }

    void logIn() {
        logIn(browser, "/login");
    }
}
