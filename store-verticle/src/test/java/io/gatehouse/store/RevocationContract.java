package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.Revocations.DenyToken;
import io.gatehouse.common.message.Revocations.Page;
import io.gatehouse.common.message.Revocations.Read;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Tenant;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class RevocationContract extends ContractCase {
    @Test
    void deny_numbersFromOne() {
        assertThat(read(0, 10)).isEqualTo(new Page(store.revocations().incarnation(), 0, 0, List.of()));
        assertThat(deny("a", Duration.ofMinutes(5)).getFirst().sequence()).isEqualTo(1);
        assertThat(deny("b", Duration.ofMinutes(5)).getFirst().sequence()).isEqualTo(2);
        assertThat(read(0, 10).denials())
                .extracting(line -> line.denial().key())
                .containsExactly("a", "b");
    }

    @Test
    void deny_saysAThingOnce() {
        List<SequencedDenial> first = deny("a", Duration.ofMinutes(5));
        assertThat(deny("a", Duration.ofMinutes(5))).isEqualTo(first);
        assertThat(log()).isEqualTo(first);
        assertThat(read(0, 10).head()).isEqualTo(1);
    }

    @Test
    void deny_extendsALineByANewOneInItsPlace() {
        deny("a", Duration.ofMinutes(5));
        List<SequencedDenial> longer = deny("a", Duration.ofMinutes(10));
        assertThat(longer).singleElement().extracting(SequencedDenial::sequence).isEqualTo(2L);
        assertThat(log()).isEqualTo(longer);
        assertThat(deny("a", Duration.ofMinutes(1))).as("never shortens").isEqualTo(longer);
    }

    @Test
    void deny_keepsTenantsClientsAndKindsApart() {
        Denial token = Denials.of(token("a", Duration.ofMinutes(5)), now());
        deny("a", Duration.ofMinutes(5));
        for (Denial other : List.of(
                new Denial(OTHER_TENANT, token.kind(), "a", 0, "web", token.expiresAt()),
                new Denial(Tenant.MAIN, Denial.Kind.SESSION, "a", 0, "web", token.expiresAt()),
                new Denial(Tenant.MAIN, token.kind(), "a", 0, "app", token.expiresAt()))) {
            Await.result(store.revocations().deny(other, now()));
        }
        assertThat(log()).hasSize(4);
    }

    @Test
    void deny_forgetsWhatHasExpired() {
        assertThat(deny("late", Duration.ofMinutes(-2))).isEmpty();
        deny("a", Duration.ofMinutes(5));
        forward(Duration.ofMinutes(6).minusMillis(1));
        assertThat(log()).hasSize(1);
        forward(Duration.ofMillis(1));
        Page page = read(0, 10);
        assertThat(page.denials()).isEmpty();
        assertThat(page.head()).isEqualTo(1);
        assertThat(page.upTo()).isEqualTo(1);
        assertThat(deny("b", Duration.ofMinutes(5)).getFirst().sequence()).isEqualTo(2);
    }

    @Test
    void deny_believesNoLifeLongerThanAnHour() {
        assertThat(deny("a", Duration.ofDays(30)).getFirst().denial().expiresAt())
                .isEqualTo(now().plus(Duration.ofMinutes(61)));
    }

    @Test
    void read_goesPageByPage() {
        for (int i = 0; i < 25; i++) {
            deny("token " + i, Duration.ofMinutes(5));
        }
        Page first = read(0, 10);
        Page second = read(first.upTo(), 10);
        Page third = read(second.upTo(), 10);
        assertThat(first.upTo()).isEqualTo(10);
        assertThat(second.denials())
                .extracting(SequencedDenial::sequence)
                .startsWith(11L)
                .hasSize(10);
        assertThat(third.upTo()).isEqualTo(25).isEqualTo(third.head());
        assertThat(third.denials()).hasSize(5);
        assertThat(read(25, 10).denials()).isEmpty();
        assertThat(read(Long.MAX_VALUE, 0).head()).isEqualTo(25);
    }

    @Test
    void restart_goesOnCounting() {
        deny("a", Duration.ofMinutes(5));
        reopen(Samples.TIMES);
        assertThat(log()).hasSize(1);
        assertThat(deny("b", Duration.ofMinutes(5)).getFirst().sequence()).isEqualTo(2);
    }

    private List<SequencedDenial> deny(String jti, Duration life) {
        return Await.result(store.revocations().deny(Denials.of(token(jti, life), now()), now()));
    }

    private DenyToken token(String jti, Duration life) {
        return new DenyToken(Tenant.MAIN, "web", jti, now().plus(life));
    }

    private Page read(long after, int limit) {
        return Await.result(store.revocations().read(new Read(after, limit), now()));
    }
}
