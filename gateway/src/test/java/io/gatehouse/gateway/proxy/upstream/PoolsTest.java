package io.gatehouse.gateway.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.metric.Exposition;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which server is asked, and which one rests. */
class PoolsTest extends PoolsCase {
    @Test
    void idleOnesTakeTurns() {
        List<String> hosts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            hosts.addAll(hosts(1));
        }
        assertThat(hosts).containsExactly("b", "a", "b", "a");
    }

    @Test
    void theOneWithTheLeastUnderWayIsAsked() {
        Attempt slow = begin();
        String busy = host(slow);
        assertThat(hosts(1)).doesNotContain(busy);
        assertThat(hosts(1)).doesNotContain(busy);
        slow.ended();
        assertThat(new TreeSet<>(hosts(2))).containsExactly("a", "b");
    }

    @Test
    void aFewFailuresInARowMakeItRest() {
        fail("a", Health.MOST_FAILURES - 1);
        assertThat(hosts(8)).contains("a");
        fail("a", Health.MOST_FAILURES);
        assertThat(hosts(8)).containsOnly("b");
        assertThat(ledger.resting(Upstream.of(URI.create("http://a:1")))).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void answersThatItDoesNotServeCount(int status) {
        for (int i = 0; i < 2 * Health.MOST_FAILURES; i++) {
            Attempt attempt = begin();
            attempt.answered(host(attempt).equals("a") ? status : 500);
            attempt.ended();
        }
        assertThat(hosts(8)).containsOnly("b");
    }

    @Test
    void answersThatBreakOffCountThoughTheyBeganWell() {
        for (int i = 0; i < 2 * Health.MOST_FAILURES; i++) {
            Attempt attempt = begin();
            attempt.answered(200);
            if (host(attempt).equals("a")) {
                attempt.failed(Failure.BROKEN);
            } else {
                attempt.ended();
            }
        }
        assertThat(hosts(8)).containsOnly("b");
    }

    @Test
    void sendersThatGoAwayCountForNothing() {
        for (int i = 0; i < 10 * Health.MOST_FAILURES; i++) {
            begin().givenUp();
        }
        assertThat(new TreeSet<>(hosts(2))).containsExactly("a", "b");
    }

    @Test
    void aRequestTriesItOutWhenItHasRested() {
        fail("a", Health.MOST_FAILURES);
        pass(Health.FIRST_REST.minusNanos(1));
        assertThat(hosts(4)).containsOnly("b");
        pass(Duration.ofNanos(1));
        Attempt trial = begin();
        assertThat(host(trial)).isEqualTo("a");
        assertThat(hosts(4))
                .as("one tries it, the others wait for what becomes of it")
                .containsOnly("b");
        trial.answered(200);
        assertThat(new TreeSet<>(hosts(4))).containsExactly("a", "b");
        assertThat(ledger.resting(trial.upstream())).isZero();
    }

    @Test
    void whoGoesAwayLeavesTheTrialToTheNext() {
        fail("a", Health.MOST_FAILURES);
        pass(Health.FIRST_REST);
        Attempt trial = begin();
        trial.givenUp();
        assertThat(host(begin())).isEqualTo("a");
    }

    @Test
    void itRestsLongerAfterEachTrialThatFailsUpToABound() {
        fail("a", Health.MOST_FAILURES);
        Duration rest = Health.FIRST_REST;
        for (int i = 0; i < 12; i++) {
            pass(rest.minusNanos(1));
            assertThat(hosts(2)).containsOnly("b");
            pass(Duration.ofNanos(1));
            Attempt trial = begin();
            assertThat(host(trial)).isEqualTo("a");
            trial.failed(Failure.UNREACHABLE);
            rest = rest.multipliedBy(2).compareTo(Health.LONGEST_REST) > 0 ? Health.LONGEST_REST : rest.multipliedBy(2);
        }
        assertThat(rest).isEqualTo(Health.LONGEST_REST);
    }

    @Test
    void afterGoodDaysItRestsShortlyAgain() {
        fail("a", Health.MOST_FAILURES);
        pass(Health.FIRST_REST);
        begin().failed(Failure.BROKEN);
        pass(Health.FIRST_REST.multipliedBy(2));
        Attempt trial = begin();
        trial.answered(200);
        trial.ended();
        pass(Health.LONGEST_REST.plusNanos(1));
        fail("a", Health.MOST_FAILURES);
        pass(Health.FIRST_REST);
        assertThat(host(begin())).isEqualTo("a");
    }

    @Test
    void anAnswerFromBeforeTheRestDoesNotEndIt() {
        List<Attempt> before = List.of(begin(), begin());
        fail("a", Health.MOST_FAILURES);
        before.forEach(attempt -> attempt.answered(200));
        before.forEach(Attempt::ended);
        assertThat(hosts(4)).containsOnly("b");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void atMostHalfOfThemRest(int size) {
        List<String> all =
                IntStream.range(0, size).mapToObj(i -> "http://a" + i + ":1").toList();
        use(all.toString());
        for (int i = 0; i < 50 * size; i++) {
            begin().failed(Failure.BROKEN);
        }
        assertThat(new TreeSet<>(hosts(2 * size))).hasSize(size - size / 2);
    }

    @Test
    void whoWatchesReadsItByRoute() {
        fail("b", Health.MOST_FAILURES);
        ledger.answered("shop", 201);
        ledger.answered("shop", 204);
        ledger.answered("shop", 502);
        ledger.answered("shop", 999);
        ledger.answered("gone", 200);
        Exposition out = new Exposition();
        ledger.write(routes.table(), out);
        assertThat(out.text().lines().filter(line -> !line.startsWith("#")))
                .containsExactly(
                        "gatehouse_route_requests_total{route=\"shop\",status=\"1xx\"} 0",
                        "gatehouse_route_requests_total{route=\"shop\",status=\"2xx\"} 2",
                        "gatehouse_route_requests_total{route=\"shop\",status=\"3xx\"} 0",
                        "gatehouse_route_requests_total{route=\"shop\",status=\"4xx\"} 0",
                        "gatehouse_route_requests_total{route=\"shop\",status=\"5xx\"} 1",
                        "gatehouse_route_retries_total{route=\"shop\"} 0",
                        "gatehouse_upstream_up{route=\"shop\",upstream=\"0\"} 1",
                        "gatehouse_upstream_up{route=\"shop\",upstream=\"1\"} 0");
    }

    @Test
    void whatIsKnownOfThoseThatStayIsKeptAndOfOthersForgotten() {
        fail("a", Health.MOST_FAILURES);
        Attempt underWay = begin();
        use("[http://a:1, http://c:1]");
        assertThat(hosts(4)).containsOnly("c");
        use("[http://b:1, http://c:1]");
        assertThat(hosts(1)).isNotEmpty();
        assertThat(ledger.resting(Upstream.of(URI.create("http://a:1")))).isZero();
        underWay.ended();
        use("[http://a:1, http://c:1]");
        assertThat(new TreeSet<>(hosts(2))).containsExactly("a", "c");
    }
}
