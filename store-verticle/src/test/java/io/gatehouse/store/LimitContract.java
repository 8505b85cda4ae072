package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.config.Rate;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.limit.Gcra;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

abstract class LimitContract extends ContractCase {
    private final Limit three = new Limit(Digest.of("account"), Rate.parse("3/PT3M"));
    private final Limit ten = new Limit(Digest.of("address"), Rate.parse("10/PT1M"));

    @Test
    void reserve_admitsTheBurstThenOnePerInterval() {
        for (int i = 0; i < 3; i++) {
            assertThat(reserve(three)).isZero();
        }
        assertThat(reserve(three)).isEqualTo(Duration.ofMinutes(1));
        forward(Duration.ofSeconds(59));
        assertThat(reserve(three)).isEqualTo(Duration.ofSeconds(1));
        forward(Duration.ofSeconds(1));
        assertThat(reserve(three)).isZero();
        assertThat(reserve(three)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void reserve_takesFromAllOrFromNone() {
        for (int i = 0; i < 3; i++) {
            reserve(three, ten);
        }
        for (int i = 0; i < 50; i++) {
            assertThat(reserve(three, ten)).isPositive();
        }
        for (int i = 0; i < 7; i++) {
            assertThat(reserve(ten)).as("what was refused took nothing").isZero();
        }
        assertThat(reserve(ten)).isPositive();
    }

    @Test
    void refund_givesBack() {
        for (int i = 0; i < 20; i++) {
            assertThat(reserve(three)).isZero();
            Await.result(store.limits().refund(List.of(three), now()));
        }
        Await.result(store.limits().refund(List.of(ten), now()));
        assertThat(IntStream.range(0, 12).filter(i -> reserve(ten).isZero()))
                .as("no credit beyond the burst")
                .hasSize(10);
    }

    @Test
    void reserve_countsParallelAttemptsExactly() {
        List<Future<Duration>> attempts = IntStream.range(0, 64)
                .mapToObj(i -> store.limits().reserve(List.of(ten), now()))
                .toList();
        assertThat(Await.results(attempts).stream().filter(Duration::isZero)).hasSize(10);
    }

    @Test
    void take_saysWhatTheAlgorithmSays() {
        Random random = new Random(11);
        for (int key = 0; key < 12; key++) {
            Rate rate = Rate.parse((1 + random.nextInt(20)) + "/PT" + (1 + random.nextInt(90)) + "S");
            Limit limit = new Limit(Digest.of("take " + key), rate);
            long full = 0;
            for (int i = 0; i < 30; i++) {
                Gcra.Decision expected = Gcra.take(full, Gcra.micros(now()), rate);
                assertThat(take(limit)).as("%s, step %d", rate, i).isEqualTo(expected);
                full = expected.admitted() ? expected.full() : full;
                forward(Duration.ofNanos(1000L * random.nextInt(3_000_000)));
            }
        }
    }

    @Test
    void take_countsParallelAttemptsExactly() {
        List<Future<Gcra.Decision>> attempts = IntStream.range(0, 64)
                .mapToObj(i -> store.limits().take(ten, now()))
                .toList();
        List<Gcra.Decision> decisions = Await.results(attempts);
        assertThat(decisions.stream().filter(Gcra.Decision::admitted)).hasSize(10);
        assertThat(decisions.stream().filter(decision -> !decision.admitted()))
                .allSatisfy(decision -> assertThat(decision.delay()).isPositive());
        forward(Duration.ofSeconds(6));
        assertThat(take(ten).admitted()).isTrue();
        assertThat(take(ten).admitted()).isFalse();
    }

    @Test
    void take_afterAClockThatWasSetBack_waitsNoLongerThanTheWindow() {
        forward(Duration.ofHours(5));
        while (take(three).admitted()) {}
        forward(Duration.ofHours(-5));
        assertThat(take(three)).isEqualTo(Gcra.take(Long.MAX_VALUE, Gcra.micros(now()), three.rate()));
        assertThat(Gcra.duration(take(three).delay())).isEqualTo(Duration.ofMinutes(1));
    }

    private Gcra.Decision take(Limit limit) {
        return Await.result(store.limits().take(limit, now()));
    }

    private Duration reserve(Limit... limits) {
        return Await.result(store.limits().reserve(List.of(limits), now()));
    }
}
