package io.gatehouse.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.config.Rate;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.store.Await;
import io.gatehouse.store.Limit;
import io.gatehouse.store.Samples;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class MemoryLimitsTest {
    private static final Rate FIVE = Rate.parse("5/PT5M");

    private Writer writer;
    private MemoryLimits limits;

    @BeforeEach
    void startWriter(Vertx vertx, @TempDir Path folder) {
        String name = folder.resolve("store.mv").toString();
        writer = new Writer(
                vertx, new ReopeningFile(name, new StoreFile(name), System::nanoTime), WriterTest.housekeeping(), 64);
        writer.start();
        limits = new MemoryLimits(writer, 1000);
    }

    @AfterEach
    void closeWriter() {
        Await.result(writer.close());
    }

    @Test
    void aFlood_isBoundedAndForgetsNobodyWhoIsHeldBack() {
        for (int i = 0; i < 5; i++) {
            assertThat(reserve("victim", 0)).isZero();
        }
        for (int i = 0; i < 5000; i++) {
            reserve("flood " + i, i);
        }
        assertThat(limits.size()).isLessThanOrEqualTo(1000);
        assertThat(reserve("victim", 5000)).as("still held back").isPositive();
    }

    @Test
    void whatIsFullAgain_goesFirst() {
        for (int i = 0; i < 999; i++) {
            reserve("old " + i, 0);
        }
        long later = Duration.ofMinutes(6).toMillis();
        for (int i = 0; i < 4; i++) {
            reserve("new", later);
        }
        reserve("newer", later);
        assertThat(limits.size()).isLessThanOrEqualTo(3);
        reserve("new", later);
        assertThat(reserve("new", later)).isPositive();
    }

    private Duration reserve(String key, long millis) {
        return Await.result(limits.reserve(List.of(new Limit(Digest.of(key), FIVE)), Samples.NOW.plusMillis(millis)));
    }
}
