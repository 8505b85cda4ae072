package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Sealed;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.EnrolmentStatement;
import io.gatehouse.common.message.PasscodeChallenge;
import io.gatehouse.common.message.PasscodeStatement;
import io.gatehouse.common.message.PasswordStatement;
import io.gatehouse.common.message.SecondFactors;
import io.gatehouse.common.message.SecondFactors.Basis;
import io.gatehouse.common.message.SecondFactors.Challenge;
import io.gatehouse.common.message.SecondFactors.Change;
import io.gatehouse.common.message.SecondFactors.Login;
import io.gatehouse.common.message.SecondFactors.Proof;
import io.gatehouse.common.message.SecondFactors.Refusal;
import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.message.Sessions.Beginning;
import io.gatehouse.common.message.Users;
import io.gatehouse.common.message.Users.Authentication;
import io.gatehouse.common.message.Users.Rejection;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.SessionId;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The gateway's word counts for nothing: what a login by two factors takes is stated by the store and the token role. */
class SecondFactorServiceTest extends SessionRoleCase {
    private static final Digest FRESH = Digest.of("fresh");
    private static final Digest GUESS = Digest.of("salt and code");
    private static final Digest RECOVERY = Digest.of("recovery");
    private static final String ADDRESS = "203.0.113.7";

    @Test
    void aPasswordIsHalfALogin() {
        enrol();
        Attestation password = password();
        PasswordStatement stated = password.read(PasswordStatement.class);
        assertThat(stated.subject()).isEqualTo(Samples.ADA);
        assertThat(stated.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(10)));
        assertThat(ask(login("ada", PASSWORD))).isEqualTo(new Authentication.Rejected(Rejection.SECOND_FACTOR_NEEDED));
        assertThat(ask(login("ada", "wrong"))).isEqualTo(new Authentication.Rejected(Rejection.BAD_CREDENTIALS));
    }

    @Test
    void theOtherHalfIsTheTokenRolesWord() {
        enrol();
        Attestation password = password();
        clock.forward(Duration.ofMinutes(2));
        Login.LoggedIn begun = (Login.LoggedIn) logIn(password, code(101));
        Sessions.Current current = find(new SessionProof(SessionId.parse(begun.sid()), FRESH));
        assertThat(current.amr()).containsExactly("pwd", "otp", "mfa");
        assertThat(current.authTime())
                .as("of the password")
                .isEqualTo(clock.instant().minus(Duration.ofMinutes(2)));
        assertThat(logIn(password, code(102))).as("spent").isEqualTo(new Login.Refused(Refusal.OVER));
        assertThat(logIn(password(), code(102))).as("used").isEqualTo(new Login.Refused(Refusal.WRONG_CODE));
        assertThat(logIn(password(), code(103))).isInstanceOf(Login.LoggedIn.class);
    }

    @Test
    void whatNobodyStatedCountsForNothing() {
        Instant enrolledAt = enrol();
        Attestor forger = new Attestor(Bytes.utf8("0123456789abcdef0123456789abcdef"));
        Instant soon = clock.instant().plusSeconds(5);
        PasscodeStatement right = new PasscodeStatement(Tenant.MAIN, Samples.ADA, enrolledAt, 101, soon);
        for (Attestation no : List.of(
                forger.attest(right),
                attestor.attest(new PasscodeStatement("acme", Samples.ADA, enrolledAt, 101, soon)),
                attestor.attest(new PasscodeStatement(Tenant.MAIN, Samples.BOB, enrolledAt, 101, soon)),
                attestor.attest(new PasscodeStatement(Tenant.MAIN, Samples.ADA, enrolledAt.minusNanos(1), 101, soon)),
                attestor.attest(new PasscodeStatement(Tenant.MAIN, Samples.ADA, enrolledAt, 101, clock.instant())),
                // Of another kind: what the store itself says to the token role is no answer to it.
                challenge(new Basis.OfLogin(password())))) {
            assertThat(logIn(password(), new Proof.ByCode(no))).isEqualTo(new Login.Refused(Refusal.WRONG_CODE));
        }
        PasswordStatement stated = password().read(PasswordStatement.class);
        assertThat(logIn(forger.attest(stated), code(101))).isEqualTo(new Login.Refused(Refusal.OVER));
        assertThat(logIn(attestor.attest(right), code(101))).isEqualTo(new Login.Refused(Refusal.OVER));
        assertThat(ask(new Challenge(Tenant.MAIN, new Basis.OfLogin(forger.attest(stated)), GUESS, ADDRESS))
                        .challenge())
                .isNull();
    }

    @Test
    void halfALoginEndsWithItsTimeAndItsGeneration() {
        enrol();
        Attestation late = password();
        clock.forward(Duration.ofMinutes(10));
        assertThat(logIn(late, code(101))).isEqualTo(new Login.Refused(Refusal.OVER));
        Attestation loggedOut = password();
        ask(new Users.LogOut(Tenant.MAIN, Samples.ADA));
        assertThat(logIn(loggedOut, code(101))).isEqualTo(new Login.Refused(Refusal.OVER));
        assertThat(logIn(password(), code(101))).isInstanceOf(Login.LoggedIn.class);
    }

    @Test
    void eachCodeNeedsLeave_whichRunsOut() {
        enrol();
        Attestation password = password();
        Basis basis = new Basis.OfLogin(password);
        PasscodeChallenge leave = challenge(basis).read(PasscodeChallenge.class);
        assertThat(leave.subject()).isEqualTo(Samples.ADA);
        assertThat(leave.guess()).isEqualTo(GUESS);
        assertThat(leave.expiresAt()).isEqualTo(clock.instant().plusSeconds(5));
        assertThat(logIn(password, code(101))).as("gives it back").isInstanceOf(Login.LoggedIn.class);

        for (int i = 0; i < 2; i++) {
            assertThat(challenge(basis)).isNotNull();
        }
        assertThrottled(() -> challenge(basis));
        assertThrottled(() -> logIn(password(), new Proof.ByRecovery(RECOVERY)));
        // Somewhere else its owner still gets in, unless somebody guesses from everywhere.
        for (int i = 0; i < 2; i++) {
            ask(new Challenge(Tenant.MAIN, basis, GUESS, "198.51.100." + 64 * i));
        }
        assertThrottled(() -> ask(new Challenge(Tenant.MAIN, basis, GUESS, "192.0.2.1")));
    }

    @Test
    void whoHasNoneOrShowsNoSessionGetsNoLeave() {
        SessionProof session = begin();
        assertThat(ask(new Challenge(Tenant.MAIN, new Basis.OfSession(session), GUESS, ADDRESS))
                        .challenge())
                .isNull();
        enrol();
        assertThat(ask(new Challenge(Tenant.MAIN, new Basis.OfSession(session), GUESS, ADDRESS))
                        .challenge())
                .isNull();
    }

    /** Whoever finds an open browser neither tells codes apart by it, nor uses up the attempts of its owner. */
    @Test
    void anOldSessionGetsNoLeave() {
        enrol();
        Login.LoggedIn begun = (Login.LoggedIn) logIn(password(), code(101));
        Basis session = new Basis.OfSession(new SessionProof(SessionId.parse(begun.sid()), FRESH));
        assertThat(challenge(session)).isNotNull();
        clock.forward(Duration.ofMinutes(31));
        for (int i = 0; i < 10; i++) {
            assertThat(challenge(session)).isNull();
        }
        assertThat(logIn(password(), code(163))).isInstanceOf(Login.LoggedIn.class);
    }

    @Test
    void enrollingNeedsAFreshPasswordAndAShownCode() {
        SessionProof session = begin();
        EnrolmentStatement ofBob = new EnrolmentStatement(
                Tenant.MAIN, Samples.BOB, secret(), 100, clock.instant().plusSeconds(5));
        assertThat(ask(enrol(session, attestor.attest(ofBob)))).isEqualTo(new Change.Refused(Refusal.WRONG_CODE));
        Attestation late = enrolment();
        clock.forward(Duration.ofSeconds(5));
        assertThat(ask(enrol(session, late))).isEqualTo(new Change.Refused(Refusal.WRONG_CODE));
        clock.forward(Duration.ofMinutes(31));
        assertThat(ask(enrol(session, enrolment()))).isEqualTo(new Change.Refused(Refusal.NOT_RECENT));
        SessionProof fresh = begin();
        assertThat(ask(enrol(fresh, enrolment()))).isInstanceOf(Change.Changed.class);
        assertThat(ask(enrol(fresh, enrolment()))).isEqualTo(new Change.Refused(Refusal.OVER));
        assertThat(ask(enrol(new SessionProof(fresh.id(), FRESH), enrolment())))
                .isEqualTo(new Change.Refused(Refusal.CHANGED_MEANWHILE));
    }

    @Test
    void removingNeedsACode() {
        enrol();
        Login.LoggedIn begun = (Login.LoggedIn) logIn(password(), code(101));
        SessionProof session = new SessionProof(SessionId.parse(begun.sid()), FRESH);
        assertThat(ask(remove(session, code(101)))).isEqualTo(new Change.Refused(Refusal.WRONG_CODE));
        assertThat(ask(remove(session, new Proof.ByRecovery(Digest.of("guessed")))))
                .isEqualTo(new Change.Refused(Refusal.WRONG_CODE));
        assertThat(ask(remove(session, new Proof.ByRecovery(RECOVERY)))).isInstanceOf(Change.Changed.class);
        assertThat(ask(login("ada", PASSWORD))).isInstanceOf(Authentication.Authenticated.class);
    }

    @Test
    void anOperatorTakesItAway() {
        enrol();
        Login.LoggedIn begun = (Login.LoggedIn) logIn(password(), code(101));
        LoginName ada = new LoginName(LoginName.Kind.USERNAME, "ADA");
        SecondFactors.ResetDone done = ask(new SecondFactors.Reset(Tenant.MAIN, ada));
        assertThat(done.done()).isTrue();
        assertThat(done.denials()).hasSize(1);
        assertThat(find(new SessionProof(SessionId.parse(begun.sid()), FRESH))).isNull();
        assertThat(ask(login("ada", PASSWORD))).isInstanceOf(Authentication.Authenticated.class);
        assertThat(ask(new SecondFactors.Reset(Tenant.MAIN, ada)).done()).isFalse();
        assertThat(ask(new SecondFactors.Reset(Tenant.MAIN, new LoginName(LoginName.Kind.USERNAME, "nobody")))
                        .done())
                .isFalse();
    }

    private static void assertThrottled(Runnable attempt) {
        assertThatThrownBy(attempt::run)
                .isInstanceOfSatisfying(
                        OAuthFailure.class,
                        failure -> assertThat(failure.error()).isInstanceOf(OAuthError.Throttled.class));
    }

    /** Says when. */
    private Instant enrol() {
        assertThat(ask(enrol(begin(), enrolment()))).isInstanceOf(Change.Changed.class);
        return clock.instant();
    }

    private static SecondFactors.Enrol enrol(SessionProof session, Attestation enrolment) {
        return new SecondFactors.Enrol(Tenant.MAIN, session, enrolment, List.of(RECOVERY), FRESH);
    }

    private Attestation enrolment() {
        return attestor.attest(new EnrolmentStatement(
                Tenant.MAIN, Samples.ADA, secret(), 100, clock.instant().plusSeconds(5)));
    }

    private static Sealed secret() {
        return new Sealed("master", Bytes.utf8("box"));
    }

    private static SecondFactors.Remove remove(SessionProof session, Proof proof) {
        return new SecondFactors.Remove(Tenant.MAIN, session, proof, ADDRESS, FRESH);
    }

    private Attestation password() {
        Beginning beginning = ask(begin("ada", PASSWORD, FRESH, null));
        return ((Beginning.FactorNeeded) beginning).password();
    }

    private @Nullable Attestation challenge(Basis basis) {
        return ask(new Challenge(Tenant.MAIN, basis, GUESS, ADDRESS)).challenge();
    }

    /** As the token role says it, after the store's leave. */
    private Proof code(long step) {
        Attestation leave = challenge(new Basis.OfLogin(password()));
        return new Proof.ByCode(attestor.attest(new PasscodeStatement(
                Tenant.MAIN,
                Samples.ADA,
                leave.read(PasscodeChallenge.class).enrolledAt(),
                step,
                clock.instant().plusSeconds(5))));
    }

    private Login logIn(Attestation password, Proof proof) {
        return ask(new SecondFactors.LogIn(Tenant.MAIN, password, proof, ADDRESS, FRESH, null, "a browser"));
    }
}
