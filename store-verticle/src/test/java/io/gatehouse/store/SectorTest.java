package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Codes.Taking;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.Grants.Rotation;
import io.gatehouse.common.message.Users;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.IdTokenAlgorithm;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.OpenIdRegistration;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.Ticket;
import io.gatehouse.common.model.TokenFamily;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every ticket tells the token role by which names its client knows users: as it is registered then. */
class SectorTest extends SessionRoleCase {
    private void register(@Nullable String sector) {
        Client plain = Samples.client("web");
        ask(new Clients.Declare(new Client(
                plain.tenant(),
                plain.clientId(),
                plain.clientName(),
                plain.authMethod(),
                plain.secretDigests(),
                plain.declaredSecret(),
                plain.redirectUris(),
                plain.grantTypes(),
                plain.responseTypes(),
                plain.scope(),
                plain.accessTokenAlgorithm(),
                plain.rotatesRefreshTokens(),
                plain.disabled(),
                plain.epoch(),
                plain.version(),
                plain.createdAt(),
                plain.jwtLogin(),
                plain.pkce(),
                new OpenIdRegistration(
                        IdTokenAlgorithm.RS256, null, null, -1, false, List.of(), null, false, null, null, sector),
                null,
                null)));
    }

    @Test
    void aPasswordLoginOfAPairwiseClientIsOneOfItsSector() {
        assertThat(loginAtWeb().sector()).isNull();
        register("shop.example.org");
        assertThat(loginAtWeb().sector()).isEqualTo("shop.example.org");
        assertThat(ticketOfAda().read(Ticket.class).sector())
                .as("a built-in client's")
                .isNull();
    }

    @Test
    void aCodeAndEveryRefreshAreOfTheSectorThatIsRegisteredThen() {
        register("shop.example.org");
        Taking.Taken taken = (Taking.Taken) ask(take(written(begin())));
        Ticket ticket = taken.ticket().read(Ticket.class);
        assertThat(ticket.sector()).isEqualTo("shop.example.org");

        ask(new Grants.Open(taken.ticket(), Samples.FAMILY, Samples.secret(0)));
        assertThat(refreshed(ticket, 0)).isEqualTo("shop.example.org");
        register("bank.example.org");
        assertThat(refreshed(ticket, 1)).isEqualTo("bank.example.org");
        register(null);
        assertThat(refreshed(ticket, 2)).isNull();
    }

    private @Nullable String refreshed(Ticket ticket, int generation) {
        Rotation.Rotated rotated = (Rotation.Rotated) ask(rotate(ticket, generation));
        return rotated.ticket().read(Ticket.class).sector();
    }

    private Ticket loginAtWeb() {
        Users.Authentication.Authenticated login = (Users.Authentication.Authenticated) ask(new Users.Authenticate(
                Tenant.MAIN,
                new LoginName(LoginName.Kind.USERNAME, "ada"),
                Secret.of(PASSWORD),
                "web",
                TokenFamily.LOGIN,
                Scope.parse("openid"),
                "203.0.113.7"));
        return login.ticket().read(Ticket.class);
    }
}
