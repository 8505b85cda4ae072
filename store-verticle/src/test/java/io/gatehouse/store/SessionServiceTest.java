package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.OAuthError.Throttled;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.Revocations;
import io.gatehouse.common.message.SessionStatement;
import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.message.Sessions.Beginning;
import io.gatehouse.common.message.Users;
import io.gatehouse.common.message.Users.Rejection;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.LoginName.Kind;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.SessionId;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.UserState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionServiceTest extends SessionRoleCase {
    private static final Digest FRESH = Digest.of("fresh");

    @Test
    void begin_givesASession() {
        Beginning.Begun begun = (Beginning.Begun) ask(begin("ada", PASSWORD, FRESH, null));
        assertThat(begun.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofDays(7)));
        assertThat(begun.denials()).isEmpty();
        Sessions.Current current = find(new SessionProof(SessionId.parse(begun.sid()), FRESH));
        assertThat(current.sid()).isEqualTo(begun.sid());
        assertThat(current.user().subject()).isEqualTo(Samples.ADA);
        assertThat(current.user().lastLoginAt()).isEqualTo(clock.instant());
        assertThat(current.authTime()).isEqualTo(clock.instant());
        assertThat(current.amr()).containsExactly("pwd");
        assertThat(current.expiresAt()).isEqualTo(begun.expiresAt());
    }

    @Test
    void begin_goesOnWithTheBrowsersOwn() {
        SessionProof first = begin();
        clock.forward(Duration.ofHours(1));
        Beginning.Begun again = (Beginning.Begun) ask(begin("ada", PASSWORD, FRESH, first));
        assertThat(again.sid()).isEqualTo(first.id().sid());
        assertThat(find(first)).isNull();
        assertThat(find(new SessionProof(first.id(), FRESH)).authTime()).isEqualTo(clock.instant());
    }

    @Test
    void vouch_statesWhoseSessionItIs() {
        SessionProof session = begin();
        Sessions.Vouching vouching = vouch(session);
        SessionStatement statement = vouching.statement().read(SessionStatement.class);
        assertThat(statement)
                .isEqualTo(new SessionStatement(
                        Tenant.MAIN,
                        Samples.ADA,
                        session.id().sid(),
                        find(session).user().roles(),
                        clock.instant(),
                        clock.instant().plus(Duration.ofMinutes(1)),
                        List.of("pwd")));
        assertThat(vouching.expiresAt()).isEqualTo(find(session).expiresAt());
        assertThat(vouch(new SessionProof(session.id(), Digest.of("guessed")))).isNull();
        ask(new Sessions.End(Tenant.MAIN, session, null));
        assertThat(vouch(session)).isNull();
    }

    @Test
    void vouch_isAUseOfTheSession() {
        SessionProof session = begin();
        for (int i = 0; i < 10; i++) {
            clock.forward(Duration.ofHours(11));
            assertThat(vouch(session)).as("use %s", i).isNotNull();
        }
        clock.forward(Duration.ofHours(12));
        assertThat(vouch(session)).isNull();
    }

    private Sessions.@Nullable Vouching vouch(SessionProof session) {
        return ask(new Sessions.Vouch(Tenant.MAIN, session)).session();
    }

    @Test
    void begin_byAnotherUser_announcesWhatDied() throws InterruptedException {
        ask(new Users.Declare(Samples.bob(), Secret.of(PASSWORD)));
        SessionProof ada = begin();
        BlockingQueue<Event.Denied> events = new LinkedBlockingQueue<>();
        Await.result(bus.hear(event -> {
            if (event instanceof Event.Denied denied) {
                events.add(denied);
            }
        }));
        Beginning.Begun bob = (Beginning.Begun) ask(begin("bob", PASSWORD, FRESH, ada));
        assertThat(bob.denials().getFirst().denial().key()).isEqualTo(ada.id().sid());
        assertThat(events.poll(60, TimeUnit.SECONDS).denials()).isEqualTo(bob.denials());
        assertThat(find(ada)).isNull();
    }

    @Test
    void begin_saysTheSameOfWrongPasswordAndNobody() {
        Beginning bad = new Beginning.Rejected(Rejection.BAD_CREDENTIALS);
        SessionProof own = begin();
        assertThat(ask(begin("ada", "wrong", FRESH, own))).isEqualTo(bad);
        assertThat(ask(begin("nobody", PASSWORD, FRESH, null))).isEqualTo(bad);
        assertThat(find(own)).as("the browser's session goes on").isNotNull();
    }

    @Test
    void begin_tellsTheStateAfterTheRightPasswordOnly() {
        ask(new Users.Declare(Samples.bob().inState(UserState.SUSPENDED, null), Secret.of(PASSWORD)));
        assertThat(ask(begin("bob", "wrong", FRESH, null)))
                .isEqualTo(new Beginning.Rejected(Rejection.BAD_CREDENTIALS));
        assertThat(ask(begin("bob", PASSWORD, FRESH, null))).isEqualTo(new Beginning.Rejected(Rejection.SUSPENDED));
        assertThat(ask(named(new LoginName(Kind.PHONE, "+15550101"), "a browser")))
                .isEqualTo(new Beginning.Rejected(Rejection.PHONE_NOT_VERIFIED));
        assertThat(ask(named(new LoginName(Kind.EMAIL, "ADA@example.org"), "a browser")))
                .isInstanceOf(Beginning.Begun.class);
    }

    @Test
    void begin_countsWithLoginsOfOtherKinds() {
        for (int i = 0; i < 5; i++) {
            ask(begin("ada", "wrong", FRESH, null));
            ask(login("ada", "wrong"));
        }
        assertThat(Await.error(bus.ask(begin("ada", PASSWORD, FRESH, null)))).isInstanceOf(Throttled.class);
        assertThat(Await.error(bus.ask(login("ada", PASSWORD)))).isInstanceOf(Throttled.class);
        clock.forward(Duration.ofSeconds(90));
        assertThat(ask(begin("ada", PASSWORD, FRESH, null))).isInstanceOf(Beginning.Begun.class);
    }

    @Test
    void overview_showsSessionsAndConsents() {
        SessionProof session = begin();
        written(session);
        ask(named(new LoginName(Kind.USERNAME, "ada"), "x".repeat(63) + "🦊 and more"));
        Sessions.Overviewed overview = ask(new Sessions.Overview(Tenant.MAIN, session));
        assertThat(overview.session()).isEqualTo(find(session));
        assertThat(overview.sessions())
                .extracting(Sessions.SessionSummary::device)
                .containsExactlyInAnyOrder("a browser", "x".repeat(63));
        assertThat(overview.consents())
                .containsExactly(
                        new Sessions.ConsentSummary("web", "Name of web", Scope.parse("openid api"), clock.instant()));
        SessionProof forged = new SessionProof(session.id(), Digest.of("x"));
        assertThat(ask(new Sessions.Overview(Tenant.MAIN, forged)))
                .isEqualTo(new Sessions.Overviewed(null, List.of(), List.of(), 0));
    }

    @Test
    void end_isDoneOnce() {
        SessionProof own = begin();
        SessionProof other = begin();
        Sessions.Ended nothing = new Sessions.Ended(false, List.of());
        assertThat(ask(new Sessions.End(Tenant.MAIN, own, "no sid"))).isEqualTo(nothing);
        Sessions.Ended ended = ask(new Sessions.End(Tenant.MAIN, own, other.id().sid()));
        assertThat(ended.done()).isTrue();
        assertThat(ended.denials()).singleElement().satisfies(line -> {
            assertThat(line.denial().kind()).isEqualTo(Denial.Kind.SESSION);
            assertThat(line.denial().key()).isEqualTo(other.id().sid());
        });
        assertThat(ask(new Revocations.Read(0, 10)).denials()).isEqualTo(ended.denials());
        assertThat(ask(new Sessions.End(Tenant.MAIN, own, other.id().sid()))).isEqualTo(nothing);
        assertThat(ask(new Sessions.End(Tenant.MAIN, own, null)).done()).isTrue();
        assertThat(ask(new Sessions.End(Tenant.MAIN, own, null))).isEqualTo(nothing);
    }

    @Test
    void withdraw_saysWhetherThereWasAConsent() {
        SessionProof session = begin();
        Sessions.Withdraw withdraw = new Sessions.Withdraw(Tenant.MAIN, session, "web");
        assertThat(ask(withdraw)).isEqualTo(new Sessions.Withdrawn(false, List.of()));
        written(session);
        Sessions.Withdrawn withdrawn = ask(withdraw);
        assertThat(withdrawn.done()).isTrue();
        assertThat(withdrawn.denials()).singleElement().satisfies(line -> {
            assertThat(line.denial().kind()).isEqualTo(Denial.Kind.CONSENT);
            assertThat(line.denial().clientId()).isEqualTo("web");
        });
        assertThat(ask(new Revocations.Read(0, 10)).denials()).isEqualTo(withdrawn.denials());
        assertThat(ask(new Sessions.Overview(Tenant.MAIN, session)).consents()).isEmpty();
    }

    private static Sessions.Begin named(LoginName name, String device) {
        return new Sessions.Begin(
                Tenant.MAIN, name, Secret.of(PASSWORD), "203.0.113.7", Digest.of("cookie"), null, device);
    }
}
