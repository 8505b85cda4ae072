package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.OAuthError.Throttled;
import io.gatehouse.common.message.Sessions.ChangePassword;
import io.gatehouse.common.message.Sessions.PasswordChange;
import io.gatehouse.common.message.Sessions.PasswordRefusal;
import io.gatehouse.common.message.Users.Authentication;
import io.gatehouse.common.message.Users.Rejection;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.Tenant;
import org.junit.jupiter.api.Test;

class PasswordServiceTest extends SessionRoleCase {
    private static final String REPLACEMENT = "größer 🦊 than before";
    private static final Digest FRESH = Digest.of("fresh");

    @Test
    void change_replacesThePasswordAndEndsEverythingElse() {
        SessionProof own = begin();
        SessionProof other = begin();
        PasswordChange.Changed changed = (PasswordChange.Changed) ask(change(own, PASSWORD, REPLACEMENT));
        assertThat(changed.denials()).singleElement().satisfies(line -> {
            assertThat(line.denial().kind()).isEqualTo(Denial.Kind.SUBJECT);
            assertThat(line.denial().key()).isEqualTo(Samples.ADA);
        });
        assertThat(find(own)).isNull();
        assertThat(find(other)).isNull();
        assertThat(find(new SessionProof(own.id(), FRESH))).isNotNull();
        assertThat(ask(login("ada", PASSWORD))).isEqualTo(new Authentication.Rejected(Rejection.BAD_CREDENTIALS));
        assertThat(ask(login("ada", REPLACEMENT))).isInstanceOf(Authentication.Authenticated.class);
    }

    @Test
    void change_refusesWhatIsNoBetter() {
        SessionProof own = begin();
        refuses(change(own, "wrong", REPLACEMENT), PasswordRefusal.WRONG_PASSWORD);
        refuses(change(own, PASSWORD, PASSWORD), PasswordRefusal.SAME_AS_BEFORE);
        refuses(change(own, PASSWORD, "🦊🦊🦊🦊🦊🦊🦊"), PasswordRefusal.TOO_SHORT);
        refuses(change(own, PASSWORD, "x".repeat(1025)), PasswordRefusal.TOO_LONG);
        assertThat(ask(login("ada", PASSWORD))).isInstanceOf(Authentication.Authenticated.class);
        assertThat(ask(change(own, PASSWORD, "8 places"))).isInstanceOf(PasswordChange.Changed.class);
    }

    @Test
    void change_needsASession() {
        SessionProof forged = new SessionProof(begin().id(), Digest.of("x"));
        refuses(change(forged, PASSWORD, REPLACEMENT), PasswordRefusal.NO_SESSION);
        refuses(change(forged, "wrong", "short"), PasswordRefusal.NO_SESSION);
    }

    @Test
    void change_countsWithLogins() {
        SessionProof own = begin();
        for (int i = 0; i < 10; i++) {
            refuses(change(own, "wrong", REPLACEMENT), PasswordRefusal.WRONG_PASSWORD);
        }
        assertThat(Await.error(bus.ask(change(own, PASSWORD, REPLACEMENT)))).isInstanceOf(Throttled.class);
        assertThat(Await.error(bus.ask(login("ADA", PASSWORD)))).isInstanceOf(Throttled.class);
    }

    private void refuses(ChangePassword change, PasswordRefusal reason) {
        assertThat(ask(change)).isEqualTo(new PasswordChange.Refused(reason));
    }

    private static ChangePassword change(SessionProof session, String current, String replacement) {
        return new ChangePassword(
                Tenant.MAIN, session, Secret.of(current), Secret.of(replacement), "203.0.113.7", FRESH);
    }
}
