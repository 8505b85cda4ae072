package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthError.Throttled;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.Users;
import io.gatehouse.common.message.Users.Authenticate;
import io.gatehouse.common.message.Users.Authentication;
import io.gatehouse.common.message.Users.Authentication.Authenticated;
import io.gatehouse.common.message.Users.Authentication.Rejected;
import io.gatehouse.common.message.Users.Rejection;
import io.gatehouse.common.model.BuiltInClients;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.LoginName.Kind;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.Ticket;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.common.model.UserProfile;
import io.gatehouse.common.model.UserState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LoginServiceTest extends RoleCase {
    @Test
    void authenticate_givesATicketOfWhatTheStoreKnows() {
        Ticket ticket = attestor.verify(ticketOfAda(), Ticket.class);
        assertThat(ticket.subject()).isEqualTo(Samples.ADA);
        assertThat(ticket.clientId()).isEqualTo(LOGIN_CLIENT);
        assertThat(ticket.family()).isEqualTo(TokenFamily.LOGIN);
        assertThat(ticket.scope()).as("of the asked, what the client may have").isEqualTo(Scope.parse("openid email"));
        assertThat(ticket.roles()).containsExactly("editor");
        assertThat(ticket.amr()).containsExactly("pwd");
        assertThat(ticket.authTime()).isEqualTo(clock.instant());
        assertThat(ticket.expiresAt()).isEqualTo(clock.instant().plusSeconds(5));
        assertThat(ticket.grantExpiresAt()).isEqualTo(clock.instant().plus(Duration.ofDays(7)));
        assertThat(ticket.grant().expiryDay())
                .isEqualTo((int) (ticket.grantExpiresAt().getEpochSecond() / 86400));
        Ticket another = ticketOfAda().read(Ticket.class);
        assertThat(another.grant()).isNotEqualTo(ticket.grant());
        assertThat(another.nonce()).isNotEqualTo(ticket.nonce());
    }

    @Test
    void authenticate_givesEveryFamilyTheLifeOfItsOwn() {
        Authenticated login =
                (Authenticated) ask(login(new LoginName(Kind.USERNAME, "ada"), PASSWORD, TokenFamily.LOGINRADIUS));
        Ticket ticket = login.ticket().read(Ticket.class);
        assertThat(ticket.clientId()).isEqualTo("gatehouse.loginradius");
        assertThat(ticket.grantExpiresAt()).isEqualTo(clock.instant().plus(Duration.ofDays(60)));
        ask(new Grants.Open(login.ticket(), Samples.FAMILY, Samples.secret(0)));
        Grants.Find find =
                new Grants.Find(Tenant.MAIN, ticket.clientId(), ticket.grant(), Samples.FAMILY, Samples.secret(0));
        assertThat(ask(find).grant().idleExpiresAt()).isEqualTo(clock.instant().plus(Duration.ofDays(20)));
    }

    @Test
    void authenticate_saysTheSameOfWrongPasswordAndNobody() {
        ask(new Users.Declare(Samples.bob(), null));
        assertThat(ask(login("ada", "wrong"))).isEqualTo(bad());
        assertThat(ask(login("ada", ""))).isEqualTo(bad());
        assertThat(ask(login("ada", "x".repeat(2000)))).isEqualTo(bad());
        assertThat(ask(login("nobody", PASSWORD))).isEqualTo(bad());
        assertThat(ask(login("bob", ""))).as("has no password").isEqualTo(bad());
    }

    @Test
    void authenticate_tellsTheStateAfterTheRightPasswordOnly() {
        for (UserState state :
                List.of(UserState.PENDING, UserState.SUSPENDED, UserState.DEACTIVATED, UserState.BLOCKED)) {
            UserProfile profile = inState(state);
            ask(new Users.Declare(profile, Secret.of(PASSWORD)));
            assertThat(ask(login(profile.username(), "wrong"))).isEqualTo(bad());
            assertThat(ask(login(profile.username(), PASSWORD)))
                    .isEqualTo(new Rejected(Rejection.valueOf(state.name())));
        }
    }

    @Test
    void authenticate_tellsOfTheClientAfterTheRightPasswordOnly() {
        for (String clientId : List.of("nobody", "gatehouse.loginradius")) {
            assertThat(ask(forClient(clientId, "wrong"))).isEqualTo(bad());
            assertThat(ask(forClient(clientId, PASSWORD))).isEqualTo(new Rejected(Rejection.CLIENT_NOT_ALLOWED));
        }
        assertThat(ask(forClient("web", PASSWORD))).isInstanceOf(Authenticated.class);
    }

    @Test
    void throttle_holdsBackAfterTenFailures() {
        List<Object> known = attempts("ada", 12);
        List<Object> unknown = attempts("nobody", 12);
        assertThat(known.subList(0, 10)).containsOnly(bad());
        assertThat(known.subList(10, 12)).containsOnly(new Throttled(Duration.ofSeconds(90)));
        assertThat(unknown)
                .as("nobody can tell whether there is such an account")
                .isEqualTo(known);
        assertThat(Await.error(bus.ask(login("ada", PASSWORD))))
                .as("the right password too")
                .isInstanceOf(Throttled.class);
        assertThat(Await.error(bus.ask(login("ADA", PASSWORD))))
                .as("however it is written")
                .isInstanceOf(Throttled.class);
        assertThat(ask(login("ada", PASSWORD, "203.0.113.8"))).as("elsewhere").isInstanceOf(Authenticated.class);
        clock.forward(Duration.ofSeconds(90));
        assertThat(ask(login("ada", PASSWORD))).isInstanceOf(Authenticated.class);
    }

    @Test
    void throttle_doesNotCountSuccesses() {
        for (int i = 0; i < 9; i++) {
            ask(login("ada", "wrong"));
        }
        for (int i = 0; i < 5; i++) {
            assertThat(ask(login("ada", PASSWORD))).isInstanceOf(Authenticated.class);
        }
        assertThat(ask(login("ada", "wrong"))).as("nor does one reset anything").isEqualTo(bad());
        assertThat(Await.error(bus.ask(login("ada", "wrong")))).isInstanceOf(Throttled.class);
    }

    @Test
    void declare_neverTouchesAPassword() {
        assertThat(ask(new Users.Declare(Samples.ada(), Secret.of("another password")))
                        .changed())
                .isFalse();
        assertThat(ask(login("ada", "another password"))).isEqualTo(bad());
        assertThat(ask(login("ada", PASSWORD))).isInstanceOf(Authenticated.class);
        OAuthError error = Await.error(bus.ask(new Users.Declare(Samples.bob(), Secret.of("x".repeat(1025)))));
        assertThat(error).isInstanceOf(OAuthError.Protocol.class);
    }

    @Test
    void find_showsNoPassword() {
        assertThat(ask(new Users.Find(Tenant.MAIN, Samples.ADA)).user()).isEqualTo(Samples.ada());
        assertThat(ask(new Users.Find(Tenant.MAIN, Samples.BOB)).user()).isNull();
    }

    private List<Object> attempts(String username, int count) {
        List<Object> outcomes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            outcomes.add(Await.result(bus.ask(login(username, "wrong"))
                    .map(Object.class::cast)
                    .otherwise(cause -> ((OAuthFailure) cause).error())));
        }
        return outcomes;
    }

    private static Authentication bad() {
        return new Rejected(Rejection.BAD_CREDENTIALS);
    }

    private static Authenticate login(LoginName name, String password, TokenFamily family) {
        return new Authenticate(
                Tenant.MAIN,
                name,
                Secret.of(password),
                BuiltInClients.clientId(family),
                family,
                Scope.EMPTY,
                "203.0.113.7");
    }

    private Authenticate forClient(String clientId, String password) {
        return new Authenticate(
                Tenant.MAIN,
                new LoginName(Kind.USERNAME, "ada"),
                Secret.of(password),
                clientId,
                TokenFamily.LOGIN,
                Scope.EMPTY,
                "203.0.113.7");
    }

    private static UserProfile inState(UserState state) {
        UserProfile bob = Samples.bob();
        return new UserProfile(
                bob.tenant(),
                UUID.randomUUID().toString(),
                "user-" + state,
                bob.name(),
                null,
                false,
                null,
                false,
                null,
                bob.roles(),
                state,
                bob.createdAt(),
                null,
                bob.claims());
    }
}
