package io.gatehouse.gateway.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which requests are sent again, and where. */
class RetriesTest extends PoolsCase {
    @Test
    void retriesTakeNoTurns() {
        List<String> firsts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Attempts attempts = ask(true);
            Attempt first = attempts.first();
            firsts.add(host(first));
            Objects.requireNonNull(attempts.after(first, Failure.UNREACHABLE)).givenUp();
        }
        assertThat(firsts).containsExactly("b", "a", "b", "a");
    }

    @Test
    void requestsThatCannotBeRepeatedTryItOutLater() {
        fail("a", Health.MOST_FAILURES);
        pass(Health.FIRST_REST.multipliedBy(2).minusNanos(1));
        assertThat(host(ask(false).first())).isEqualTo("b");
        pass(Duration.ofNanos(1));
        assertThat(host(ask(false).first())).isEqualTo("a");
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void whatMayBeDoneTwiceGoesToAnother(Failure how) {
        Attempts attempts = ask(true);
        Attempt first = attempts.first();
        Attempt second = attempts.after(first, how);
        if (how == Failure.LATE) {
            assertThat(second).isNull();
        } else {
            assertThat(host(Objects.requireNonNull(second))).isNotEqualTo(host(first));
        }
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void whatMayNotIsSentAgainOnlyWhereNothingWasSent(Failure how) {
        Attempts attempts = ask(false);
        assertThat(attempts.after(attempts.first(), how) != null).isEqualTo(how == Failure.UNREACHABLE);
    }

    @Test
    void thereAreTwoRetries() {
        use("[http://a:1, http://b:1, http://c:1, http://d:1]");
        Attempts attempts = ask(true);
        Attempt first = attempts.first();
        Attempt second = Objects.requireNonNull(attempts.after(first, Failure.UNREACHABLE));
        Attempt third = Objects.requireNonNull(attempts.after(second, Failure.UNREACHABLE));
        assertThat(List.of(host(first), host(second), host(third))).doesNotHaveDuplicates();
        assertThat(attempts.after(third, Failure.UNREACHABLE)).isNull();
        assertThat(ledger.retries("shop")).isEqualTo(2);
    }

    @Test
    void aServiceThatFailsAltogetherGetsAFifthMoreRequests() {
        int requests = 1000;
        int sent = 0;
        for (int i = 0; i < requests; i++) {
            Attempts attempts = ask(true);
            Attempt attempt = attempts.first();
            while (attempt != null) {
                sent++;
                attempt = attempts.after(attempt, Failure.BROKEN);
            }
        }
        assertThat(sent - requests)
                .isBetween(requests / RetryBudget.PRICE, requests / RetryBudget.PRICE + RetryBudget.MOST_SAVED);
    }

    @Test
    void aLonelyServerIsTriedAgainAndNeverRests() {
        use("[http://a:1]");
        Attempts attempts = ask(true);
        assertThat(attempts.after(attempts.first(), Failure.BROKEN)).isNotNull();
        for (int i = 0; i < 100; i++) {
            assertThat(host(begin())).isEqualTo("a");
        }
    }
}
