package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.config.Rate;
import io.gatehouse.common.crypto.Digest;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
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

    private Duration reserve(Limit... limits) {
        return Await.result(store.limits().reserve(List.of(limits), now()));
    }
}
