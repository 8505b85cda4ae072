package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Codes.PutBySession;
import io.gatehouse.common.message.Codes.SessionPutting;
import io.gatehouse.common.message.Codes.TakeRefusal;
import io.gatehouse.common.message.Codes.Taking;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.Grants.Refusal;
import io.gatehouse.common.message.Grants.Rotation;
import io.gatehouse.common.message.ProfileStatement;
import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionCodeServiceTest extends SessionRoleCase {
    @Test
    void take_givesTicketAndProfileForAnIdToken() {
        SessionProof session = begin();
        PutBySession code = written(session);
        Taking.Taken taken = (Taking.Taken) ask(take(code));
        Ticket ticket = attestor.verify(taken.ticket(), Ticket.class);
        assertThat(ticket.subject()).isEqualTo(Samples.ADA);
        assertThat(ticket.scope()).isEqualTo(Scope.parse("openid api"));
        assertThat(ticket.sessionId()).isEqualTo(session.id().sid());
        assertThat(ticket.authTime()).isEqualTo(clock.instant());
        assertThat(ticket.amr()).containsExactly("pwd");
        assertThat(ticket.idTokenNonce()).isEqualTo("nonce");
        assertThat(ticket.claims()).isEqualTo(SessionWish.CLAIMS);
        assertThat(ticket.consentEpoch()).isEqualTo(1);
        assertThat(ticket.grantExpiresAt()).isEqualTo(clock.instant().plus(Duration.ofDays(30)));
        isOfAda(taken.profile());
    }

    @Test
    void rotate_givesTicketAndProfile() {
        Ticket ticket = grant(begin());
        Rotation.Rotated rotated = (Rotation.Rotated) ask(rotate(ticket, 0));
        isOfAda(rotated.profile());
        assertThat(rotated.ticket().read(Ticket.class).claims()).isEqualTo(SessionWish.CLAIMS);
        assertThat(rotated.ticket().read(Ticket.class).sessionId()).isEqualTo(ticket.sessionId());
        isOfAda(((Rotation.Replayed) ask(rotate(ticket, 0))).profile());
    }

    @Test
    void whatTheSessionGave_diesWithIt() {
        SessionProof session = begin();
        Ticket ticket = grant(session);
        PutBySession code = written(session);
        ask(new Sessions.End(Tenant.MAIN, session, null));
        assertThat(ask(take(code))).isEqualTo(new Taking.Refused(TakeRefusal.SUBJECT_REFUSED, List.of()));
        assertThat(ask(rotate(ticket, 0))).isEqualTo(new Rotation.Refused(Refusal.SUBJECT_REFUSED, List.of()));
        assertThat(ask(code(session))).isEqualTo(new SessionPutting.LoginRequired());
    }

    @Test
    void put_refusesACodeThatWouldLiveTooLong() {
        SessionProof session = begin();
        OAuthError error =
                Await.error(bus.ask(living(session, Duration.ofMinutes(10).plusMillis(1))));
        assertThat(error)
                .isInstanceOfSatisfying(
                        OAuthError.Protocol.class,
                        protocol -> assertThat(protocol.code()).isEqualTo(Code.INVALID_GRANT));
        assertThat(ask(living(session, Duration.ofMinutes(10)))).isInstanceOf(SessionPutting.Stored.class);
    }

    private PutBySession living(SessionProof session, Duration life) {
        PutBySession code = code(session);
        Instant end = clock.instant().plus(life);
        return new PutBySession(
                code.tenant(),
                session,
                code.clientId(),
                code.family(),
                code.scope(),
                code.consent(),
                null,
                null,
                false,
                code.redirectUri(),
                null,
                null,
                null,
                CodeId.make(end).id(),
                end);
    }

    private Ticket grant(SessionProof session) {
        Attestation ticket = ((Taking.Taken) ask(take(written(session)))).ticket();
        ask(new Grants.Open(ticket, Samples.FAMILY, Samples.secret(0)));
        return ticket.read(Ticket.class);
    }

    private void isOfAda(Attestation statement) {
        ProfileStatement profile = attestor.verify(statement, ProfileStatement.class);
        assertThat(profile.profile().subject()).isEqualTo(Samples.ADA);
        assertThat(profile.profile().email()).isEqualTo("ada@example.org");
        assertThat(profile.expiresAt()).isEqualTo(clock.instant().plusSeconds(5));
    }
}
