package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.ClientJwtStatement;
import io.gatehouse.common.message.Codes;
import io.gatehouse.common.message.Codes.PutRefusal;
import io.gatehouse.common.message.Codes.Putting;
import io.gatehouse.common.message.Codes.TakeRefusal;
import io.gatehouse.common.message.Codes.Taking;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.Grants.Refusal;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.Ticket;
import io.gatehouse.common.model.TokenFamily;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CodeServiceTest extends RoleCase {
    @Test
    void take_givesATicketForTheGrantOfTheCode() {
        CodeId code = put("jwt");
        clock.forward(Duration.ofMinutes(1));
        Ticket ticket = taken(take(code));
        assertThat(ticket.subject()).isEqualTo(Samples.ADA);
        assertThat(ticket.clientId()).isEqualTo("web");
        assertThat(ticket.family()).isEqualTo(TokenFamily.BABELBIRD);
        assertThat(ticket.scope()).isEqualTo(Scope.parse("profile api"));
        assertThat(ticket.amr()).containsExactly("jwt_login");
        assertThat(ticket.roles()).containsExactly("editor");
        assertThat(ticket.authTime()).isEqualTo(Samples.NOW);
        assertThat(ticket.grantExpiresAt()).isEqualTo(Samples.NOW.plus(Duration.ofDays(30)));
        assertThat(ticket.expiresAt()).isEqualTo(clock.instant().plusSeconds(5));
    }

    @Test
    void take_inParallelSucceedsOnceAndTheRestEndIt() {
        CodeId code = put("jwt");
        List<Future<Taking>> takes = IntStream.range(0, 64)
                .mapToObj(i -> bus.ask(new Codes.Take(Tenant.MAIN, "web", code, null, null)))
                .toList();
        List<Taking> takings = Await.results(takes);
        assertThat(takings).filteredOn(Taking.Taken.class::isInstance).hasSize(1);
        Taking.Taken winner = (Taking.Taken) takings.stream()
                .filter(Taking.Taken.class::isInstance)
                .findFirst()
                .orElseThrow();
        ask(new Grants.Open(winner.ticket(), Samples.FAMILY, Samples.secret(0)));
        assertThat(ask(rotate(winner.ticket().read(Ticket.class), 0)))
                .isEqualTo(new Grants.Rotation.Refused(Refusal.REVOKED, List.of()));
    }

    @Test
    void replay_tellsWhatDied() {
        CodeId code = put("jwt");
        Attestation ticket = ((Taking.Taken) take(code)).ticket();
        ask(new Grants.Open(ticket, Samples.FAMILY, Samples.secret(0)));
        Taking.Refused refused = (Taking.Refused) take(code);
        assertThat(refused.reason()).isEqualTo(TakeRefusal.REPLAYED);
        assertThat(refused.denials().getFirst().denial().key())
                .isEqualTo(ticket.read(Ticket.class).grant().gid());
    }

    @Test
    void put_takesAStatementsJwtOnce() {
        put("jwt");
        Attestation again = attestor.attest(statement("jwt", clock.instant().plusSeconds(5)));
        assertThat(ask(put(again, Duration.ofMinutes(5)))).isEqualTo(new Putting.Refused(PutRefusal.REPLAYED));
    }

    @Test
    void put_refusesWhatTheTokenRoleDidNotState() {
        ClientJwtStatement statement = statement("jwt", clock.instant().plusSeconds(5));
        Attestation honest = attestor.attest(statement);
        refuses(new Attestor(Bytes.of(new byte[32])).attest(statement), Duration.ofMinutes(5));
        refuses(new Attestation(honest.body(), Bytes.of(new byte[honest.mac().length()])), Duration.ofMinutes(5));
        refuses(ticketOfAda(), Duration.ofMinutes(5));
        refuses(attestor.attest(statement("jwt", clock.instant())), Duration.ofMinutes(5));
        refuses(honest, Duration.ofMinutes(10).plusMillis(1));
        assertThat(ask(put(honest, Duration.ofMinutes(10))))
                .as("none of them spent it")
                .isInstanceOf(Putting.Stored.class);
    }

    private void refuses(Attestation statement, Duration life) {
        assertThat(Await.error(bus.ask(put(statement, life))))
                .isInstanceOfSatisfying(
                        OAuthError.Protocol.class,
                        protocol -> assertThat(protocol.code()).isEqualTo(Code.INVALID_GRANT));
    }

    private CodeId put(String jwt) {
        Codes.PutByClientJwt put =
                put(attestor.attest(statement(jwt, clock.instant().plusSeconds(5))), Duration.ofMinutes(5));
        assertThat(ask(put)).isEqualTo(new Putting.Stored(put.expiresAt()));
        return put.code();
    }

    private Codes.PutByClientJwt put(Attestation statement, Duration life) {
        Instant end = clock.instant().plus(life);
        return new Codes.PutByClientJwt(statement, CodeId.make(end).id(), end);
    }

    private ClientJwtStatement statement(String jwt, Instant end) {
        return new ClientJwtStatement(
                Tenant.MAIN,
                "web",
                0,
                TokenFamily.BABELBIRD,
                new LoginName(LoginName.Kind.EMAIL, "ada@example.org"),
                Digest.of(jwt),
                clock.instant().plus(Duration.ofMinutes(6)),
                clock.instant(),
                end);
    }

    private Taking take(CodeId code) {
        return ask(new Codes.Take(Tenant.MAIN, "web", code, null, null));
    }

    private static Ticket taken(Taking taking) {
        return ((Taking.Taken) taking).ticket().read(Ticket.class);
    }
}
