package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthError.Conflict;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.Grants.Refusal;
import io.gatehouse.common.message.Grants.Rotation;
import io.gatehouse.common.message.Grants.Rotation.Refused;
import io.gatehouse.common.message.Grants.Rotation.Replayed;
import io.gatehouse.common.message.Grants.Rotation.Rotated;
import io.gatehouse.common.message.Users;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.Ticket;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GrantServiceTest extends RoleCase {
    @Test
    void open_writesTheGrantOfTheTicket() {
        Attestation ticket = ticketOfAda();
        Grants.Opened opened = ask(new Grants.Open(ticket, Samples.FAMILY, Samples.secret(0)));
        Ticket said = ticket.read(Ticket.class);
        assertThat(opened.expiresAt()).isEqualTo(said.grantExpiresAt());
        Grants.Found found =
                ask(new Grants.Find(Tenant.MAIN, LOGIN_CLIENT, said.grant(), Samples.FAMILY, Samples.secret(0)));
        assertThat(found.grant().subject()).isEqualTo(Samples.ADA);
        assertThat(found.grant().scope()).isEqualTo(Scope.parse("openid email"));
        assertThat(found.grant().idleExpiresAt()).isEqualTo(said.grantExpiresAt());
        assertThat(ask(new Users.Find(Tenant.MAIN, Samples.ADA)).user().lastLoginAt())
                .isEqualTo(clock.instant());
    }

    /** RFC 9449, section 5: the key of a public client's refresh tokens. */
    @Test
    void open_bindsTheGrantToTheKeyItNames() {
        Attestation ticket = ticketOfAda();
        ask(new Grants.Open(ticket, Samples.FAMILY, Samples.secret(0), "thumbprint"));
        Ticket said = ticket.read(Ticket.class);
        Refused foreign = (Refused) ask(rotate(said, 0));
        assertThat(foreign.reason()).isEqualTo(Refusal.UNKNOWN);
        Grants.Rotate right = rotate(said, 0);
        Rotated rotated = (Rotated) ask(new Grants.Rotate(
                right.tenant(),
                right.clientId(),
                right.grant(),
                right.familySecret(),
                right.presented(),
                right.successor(),
                right.sealedSuccessor(),
                "thumbprint"));
        assertThat(rotated.ticket().read(Ticket.class).confirmation()).isEqualTo("thumbprint");
    }

    @Test
    void open_takesATicketOnce() {
        Attestation ticket = ticketOfAda();
        ask(new Grants.Open(ticket, Samples.FAMILY, Samples.secret(0)));
        Await.fails(bus.ask(new Grants.Open(ticket, Samples.FAMILY, Samples.secret(5))), Conflict.class);
        Rotated rotated = (Rotated) ask(rotate(ticket.read(Ticket.class), 0));
        Await.fails(bus.ask(new Grants.Open(rotated.ticket(), Samples.FAMILY, Samples.secret(5))), Conflict.class);
    }

    @Test
    void open_refusesWhatTheStoreDidNotSay() {
        Attestation ticket = ticketOfAda();
        Ticket said = ticket.read(Ticket.class);
        Bytes otherMac = Bytes.of(new byte[ticket.mac().length()]);
        refuses(new Attestation(ticket.body(), otherMac));
        refuses(new Attestation(ticket.body().slice(0, ticket.body().length() - 1), ticket.mac()));
        refuses(new Attestor(Entropy.bytes(32)).attest(said));
        refuses(ask(new Clients.Find(Tenant.MAIN, "web")).client());
    }

    @Test
    void open_refusesAStaleTicket() {
        Attestation ticket = ticketOfAda();
        clock.forward(Duration.ofSeconds(5));
        refuses(ticket);
    }

    @Test
    void open_refusesWhoLoggedOutMeanwhile() {
        Attestation ticket = ticketOfAda();
        ask(new Users.LogOut(Tenant.MAIN, Samples.ADA));
        refuses(ticket);
    }

    @Test
    void rotate_givesATicketOfTheGrant() {
        Ticket opened = openGrant();
        clock.forward(Duration.ofHours(1));
        Rotated rotated = (Rotated) ask(rotate(opened, 0));
        Ticket ticket = attestor.verify(rotated.ticket(), Ticket.class);
        assertThat(rotated.generation()).isEqualTo(1);
        assertThat(ticket.grant()).isEqualTo(opened.grant());
        assertThat(ticket.subject()).isEqualTo(opened.subject());
        assertThat(ticket.scope()).isEqualTo(opened.scope());
        assertThat(ticket.authTime()).isEqualTo(opened.authTime());
        assertThat(ticket.grantExpiresAt()).isEqualTo(opened.grantExpiresAt());
        assertThat(ticket.expiresAt()).isEqualTo(clock.instant().plusSeconds(5));
    }

    @Test
    void rotate_inParallelGivesEveryoneTheSameSuccessor() {
        Ticket grant = openGrant();
        List<Rotation> rotations = Await.results(parallel(grant));
        assertThat(rotations).filteredOn(Rotated.class::isInstance).hasSize(1);
        List<Bytes> successors = rotations.stream()
                .filter(Replayed.class::isInstance)
                .map(rotation -> ((Replayed) rotation).sealedSuccessor())
                .toList();
        assertThat(successors).hasSize(63);
        assertThat(successors.stream().distinct()).hasSize(1);
    }

    @Test
    void unrotate_letsTheClientTryAgain() {
        Ticket grant = openGrant();
        Rotated rotated = (Rotated) ask(rotate(grant, 0));
        Grants.Unrotate unrotate = new Grants.Unrotate(Tenant.MAIN, grant.grant(), rotated.generation());
        assertThat(ask(unrotate).done()).isTrue();
        assertThat(ask(unrotate).done()).isFalse();
        Rotated again = (Rotated) ask(rotate(grant, 0));
        assertThat(ask(rotate(grant, 0))).isInstanceOf(Replayed.class);
        assertThat(ask(new Grants.Unrotate(Tenant.MAIN, grant.grant(), again.generation()))
                        .done())
                .as("the successor is out")
                .isFalse();
    }

    @Test
    void reuse_isToldToWhoeverAsksAndEndsTheGrant() {
        Ticket grant = openGrant();
        ask(rotate(grant, 0));
        ask(rotate(grant, 1));
        Refused refused = (Refused) ask(rotate(grant, 0));
        assertThat(refused.reason()).isEqualTo(Refusal.REUSED);
        assertThat(refused.denials().getFirst().denial().key())
                .isEqualTo(grant.grant().gid());
        assertThat(ask(rotate(grant, 2))).isEqualTo(new Refused(Refusal.REVOKED, List.of()));
    }

    @Test
    void logOut_endsEveryGrant() {
        Ticket one = openGrant();
        Ticket two = openGrant();
        assertThat(ask(new Users.LogOut(Tenant.MAIN, Samples.ADA)).denials()).hasSize(1);
        assertThat(ask(rotate(one, 0))).isEqualTo(new Refused(Refusal.SUBJECT_REFUSED, List.of()));
        assertThat(ask(rotate(two, 0))).isEqualTo(new Refused(Refusal.SUBJECT_REFUSED, List.of()));
        assertThat(ask(new Users.LogOut(Tenant.MAIN, "nobody")).denials()).isEmpty();
    }

    private List<Future<Rotation>> parallel(Ticket grant) {
        return IntStream.range(0, 64)
                .mapToObj(i -> bus.ask(rotate(grant, Samples.secret(0), 1000 + i)))
                .toList();
    }

    private void refuses(Attestation ticket) {
        OAuthError error = Await.error(bus.ask(new Grants.Open(ticket, Samples.FAMILY, Samples.secret(0))));
        assertThat(error)
                .isInstanceOfSatisfying(
                        OAuthError.Protocol.class,
                        protocol -> assertThat(protocol.code()).isEqualTo(Code.INVALID_GRANT));
    }
}
