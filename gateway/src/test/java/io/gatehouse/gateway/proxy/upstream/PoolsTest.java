package io.gatehouse.gateway.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.config.ConfigLoader;
import io.gatehouse.common.metric.Exposition;
import io.gatehouse.gateway.proxy.Route;
import io.gatehouse.gateway.proxy.RouteTable;
import io.gatehouse.gateway.proxy.Routes;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoolsTest {
    private long nanos = Long.MAX_VALUE - 5; // such a clock may begin anywhere, and overflow
    private final Ledger ledger = new Ledger();
    private final Routes routes = new Routes(table("[http://a:1, http://b:1]"));
    private final Pools pools = new Pools(routes, ledger, () -> nanos);

    private static RouteTable table(String upstream) {
        String yaml = """
                issuer: https://login.example.org
                routes:
                  - {id: shop, match: {host: shop}, demand: public, upstream: %s}
                """.formatted(upstream);
        return RouteTable.of(ConfigLoader.parse(yaml).routes(), URI.create("https://login.example.org"));
    }

    private void use(String upstream) {
        routes.replace(table(upstream));
    }

    private Attempts ask(boolean repeatable) {
        Route route = routes.table().routes().getFirst();
        return pools.attempts(route, repeatable);
    }

    private Attempt begin() {
        return ask(true).first();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private static String host(Attempt attempt) {
        return attempt.upstream().host();
    }

    /** Hosts of so many requests that are under way at once. */
    private List<String> hosts(int requests) {
        List<Attempt> attempts =
                IntStream.range(0, requests).mapToObj(i -> begin()).toList();
        attempts.forEach(attempt -> {
            attempt.answered(200);
            attempt.ended();
        });
        return attempts.stream().map(PoolsTest::host).toList();
    }

    /** Until the host rests, or so many requests of it have failed. */
    private void fail(String host, int times) {
        int failed = 0;
        for (int i = 0; i < 1000 && failed < times; i++) {
            Attempt attempt = begin();
            if (host(attempt).equals(host)) {
                attempt.failed(Failure.BROKEN);
                failed++;
            } else {
                attempt.givenUp();
            }
        }
        assertThat(failed).isEqualTo(times);
    }

    @Test
    void idleOnesTakeTurns() {
        List<String> hosts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            hosts.addAll(hosts(1));
        }
        assertThat(hosts).containsExactly("b", "a", "b", "a");
    }

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

    @Test
    void requestsThatCannotBeRepeatedTryItOutLater() {
        fail("a", Health.MOST_FAILURES);
        pass(Health.FIRST_REST.multipliedBy(2).minusNanos(1));
        assertThat(host(ask(false).first())).isEqualTo("b");
        pass(Duration.ofNanos(1));
        assertThat(host(ask(false).first())).isEqualTo("a");
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
