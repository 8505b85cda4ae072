package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.LogoutStatement;
import io.gatehouse.common.message.Logouts;
import io.gatehouse.common.message.Logouts.Due;
import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.Tenant;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogoutServiceTest extends SessionRoleCase {
    @Test
    void claim_givesAStatementForTheTokenRole() {
        SessionProof session = ended();
        Due due = claimOne(Duration.ofMinutes(1));
        assertThat(due.clientId()).isEqualTo("web");
        assertThat(due.tries()).isZero();
        assertThat(attestor.verify(due.statement(), LogoutStatement.class))
                .isEqualTo(new LogoutStatement(
                        Tenant.MAIN,
                        "web",
                        Samples.ADA,
                        session.id().sid(),
                        clock.instant().plus(Duration.ofSeconds(5))));
    }

    @Test
    void report_decidesWhetherItIsTriedAgain() {
        ended();
        Due first = claimOne(Duration.ofMinutes(1));
        ask(new Logouts.Report(first.tenant(), first.id(), false, first.tries()));
        clock.forward(Duration.ofSeconds(10));
        Due second = claimOne(Duration.ofMinutes(1));
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.tries()).isEqualTo(1);
        ask(new Logouts.Report(second.tenant(), second.id(), true, second.tries()));
        clock.forward(Duration.ofMinutes(1));
        assertThat(claim(10, Duration.ofMinutes(1))).isEmpty();
    }

    @Test
    void claim_isBounded() {
        SessionProof session = begin();
        for (int i = 0; i < 101; i++) {
            String client = "client-" + i;
            ask(new Clients.Declare(Samples.client(client)));
            SessionWish wish = SessionWish.of(session).by(client).listening();
            ask(wish.order(clock.instant()).request());
        }
        ask(new Sessions.End(Tenant.MAIN, session, null));
        assertThat(claim(-1, Duration.ofMinutes(1))).isEmpty();
        assertThat(claim(Integer.MAX_VALUE, Duration.ofDays(1))).hasSize(100);
        assertThat(claim(Integer.MAX_VALUE, Duration.ofDays(1))).hasSize(1);
        clock.forward(Duration.ofMinutes(5));
        assertThat(claim(10, Duration.ofMinutes(1))).as("no lease is longer").hasSize(10);
    }

    private SessionProof ended() {
        SessionProof session = begin();
        written(session);
        ask(new Sessions.End(Tenant.MAIN, session, null));
        return session;
    }

    private Due claimOne(Duration lease) {
        List<Due> due = claim(10, lease);
        assertThat(due).hasSize(1);
        return due.getFirst();
    }

    private List<Due> claim(int limit, Duration lease) {
        return ask(new Logouts.Claim(limit, lease)).logouts();
    }
}
