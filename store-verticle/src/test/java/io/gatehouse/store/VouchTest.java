package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.ProfileStatement;
import io.gatehouse.common.message.Users;
import io.gatehouse.common.message.Users.Authentication.Authenticated;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.Ticket;
import io.gatehouse.common.model.UserProfile;
import io.gatehouse.common.model.UserState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VouchTest extends RoleCase {
    @Test
    void vouch_statesTheProfileOfNow() {
        ProfileStatement statement = attestor.verify(vouch(Tenant.MAIN, Samples.ADA), ProfileStatement.class);
        assertThat(statement)
                .isEqualTo(
                        new ProfileStatement(Samples.ada(), 0, clock.instant().plusSeconds(5)));
    }

    @Test
    void vouch_namesTheGeneration() {
        ask(new Users.LogOut(Tenant.MAIN, Samples.ADA));
        ask(new Users.LogOut(Tenant.MAIN, Samples.ADA));
        assertThat(vouch(Tenant.MAIN, Samples.ADA).read(ProfileStatement.class).epoch())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(UserState.class)
    void vouch_isForActiveUsersOnly(UserState state) {
        ask(new Users.Declare(bob(state), null));
        Attestation profile = vouch(Tenant.MAIN, Samples.BOB);
        assertThat(profile != null).isEqualTo(state == UserState.ACTIVE);
    }

    @Test
    void vouch_givesNothingOfUnknownUsers() {
        assertThat(vouch(Tenant.MAIN, Samples.BOB)).isNull();
        assertThat(vouch("nowhere", Samples.ADA)).isNull();
    }

    @Test
    void authenticate_statesTheProfileBesideTheTicket() {
        ask(new Users.LogOut(Tenant.MAIN, Samples.ADA));
        Authenticated authenticated = (Authenticated) ask(login("ada", PASSWORD));
        Ticket ticket = attestor.verify(authenticated.ticket(), Ticket.class);
        ProfileStatement statement = attestor.verify(authenticated.profile(), ProfileStatement.class);
        assertThat(statement.profile()).isEqualTo(Samples.ada());
        assertThat(statement.epoch()).isEqualTo(1).isEqualTo(ticket.subjectEpoch());
        assertThat(statement.expiresAt()).isEqualTo(ticket.expiresAt());
    }

    @Test
    void statements_areNoTickets() {
        Authenticated authenticated = (Authenticated) ask(login("ada", PASSWORD));
        assertThat(attestor.verify(authenticated.profile(), Ticket.class)).isNull();
        assertThat(attestor.verify(authenticated.ticket(), ProfileStatement.class))
                .isNull();
    }

    private Attestation vouch(String tenant, String subject) {
        return ask(new Users.Vouch(tenant, subject)).profile();
    }

    private static UserProfile bob(UserState state) {
        UserProfile bob = Samples.bob();
        return new UserProfile(
                bob.tenant(),
                bob.subject(),
                bob.username(),
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
