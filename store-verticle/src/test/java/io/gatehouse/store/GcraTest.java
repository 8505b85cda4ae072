package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.config.Rate;
import io.gatehouse.common.limit.Gcra;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class GcraTest {
    private static final long NOW = Gcra.micros(Samples.NOW);

    @ParameterizedTest
    @CsvFileSource(resources = "/gcra-vectors.csv")
    void take_followsTheVectors(String rate, long full, boolean admitted, long newFull, long delay) {
        assertThat(Gcra.take(NOW + full, NOW, Rate.parse(rate)))
                .isEqualTo(new Gcra.Decision(admitted, NOW + newFull, delay));
    }

    @Test
    void take_admitsExactlyTheLimitAtOnce() {
        Rate rate = Rate.parse("10/PT15M");
        long full = 0;
        int admitted = 0;
        for (int i = 0; i < 100; i++) {
            Gcra.Decision decision = Gcra.take(full, NOW, rate);
            full = decision.full();
            admitted += decision.admitted() ? 1 : 0;
        }
        assertThat(admitted).isEqualTo(10);
        assertThat(Gcra.take(full, NOW + Duration.ofMinutes(15).toNanos() / 1000, rate)
                        .full())
                .as("after a window all is as before")
                .isEqualTo(NOW
                        + Duration.ofMinutes(15).toNanos() / 1000
                        + Duration.ofSeconds(90).toNanos() / 1000);
    }

    @Test
    void giveBack_undoesTake() {
        Rate rate = Rate.parse("3/PT3M");
        long full = NOW + 5;
        assertThat(Gcra.giveBack(Gcra.take(full, NOW, rate).full(), rate)).isEqualTo(full);
    }

    @Test
    void micros_fitIntoADouble() {
        long farAway = Gcra.micros(Instant.parse("2200-01-01T00:00:00.123456Z"));
        assertThat((long) (double) farAway).isEqualTo(farAway);
    }
}
