package io.gatehouse.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.config.Rate;
import io.gatehouse.common.config.RedisUri;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.limit.Gcra;
import io.gatehouse.store.Await;
import io.gatehouse.store.Limit;
import io.gatehouse.store.Samples;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The script says what {@link Gcra} says, to the microsecond. */
@ExtendWith(VertxExtension.class)
class GcraScriptTest {
    private static final long NOW = Gcra.micros(Samples.NOW);
    private static final AtomicInteger KEYS = new AtomicInteger();

    private final RedisServer redis = RedisServer.shared();
    private final Keyspace names = new Keyspace("gcra");
    private Link link;
    private RedisLimits limits;

    @BeforeEach
    void connect(Vertx vertx) {
        Connector connector = new Connector(vertx, RedisUri.parse(redis.uri()), 64, Link.CONNECT);
        link = new Link(vertx, connector, 64, wire -> Future.succeededFuture());
        Await.result(link.open());
        limits = new RedisLimits(link, names);
    }

    @AfterEach
    void disconnect() {
        Await.result(link.close());
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/gcra-vectors.csv")
    void reserve_followsTheVectors(String rate, long full, boolean admitted, long newFull, long delay) {
        Limit limit = limit(Rate.parse(rate));
        assertThat(take(limit, NOW + full)).isEqualTo(delay);
        assertThat(full(limit)).isEqualTo(NOW + (admitted ? newFull : full));
    }

    @Test
    void reserve_saysWhatTheAlgorithmSays() {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            Rate rate = Rate.parse((1 + random.nextInt(1_000_000)) + "/PT" + (1 + random.nextInt(86_400)) + "S");
            long full = NOW + random.nextLong(-1_000_000, 100_000_000_000L);
            Gcra.Decision decision = Gcra.take(full, NOW, rate);
            Limit limit = limit(rate);
            assertThat(take(limit, full)).as("%s %d", rate, full).isEqualTo(decision.delay());
            assertThat(full(limit)).isEqualTo(decision.admitted() ? decision.full() : full);
        }
    }

    @Test
    void refund_saysWhatTheAlgorithmSays() {
        for (String rate : List.of("3/PT3M", "7/PT1S", "2000000/PT1S", "1000/P1D")) {
            Limit limit = limit(Rate.parse(rate));
            assertThat(take(limit, NOW)).isZero();
            long full = full(limit);
            Await.result(limits.refund(List.of(limit), Samples.NOW));
            assertThat(full(limit)).isEqualTo(Gcra.giveBack(full, limit.rate()));
            assertThat(Long.parseLong(redis.ask("PTTL", names.limit(limit)))).isPositive();
        }
        Limit unknown = limit(Rate.parse("3/PT3M"));
        Await.result(limits.refund(List.of(unknown), Samples.NOW));
        assertThat(redis.ask("EXISTS", names.limit(unknown))).isEqualTo("0");
    }

    /** One key for each question, so that none finds what another left. */
    private static Limit limit(Rate rate) {
        return new Limit(Digest.of("key " + KEYS.incrementAndGet()), rate);
    }

    private long take(Limit limit, long full) {
        redis.ask("SET", names.limit(limit), Long.toString(full));
        return Gcra.micros(Instant.EPOCH.plus(Await.result(limits.reserve(List.of(limit), Samples.NOW))));
    }

    private long full(Limit limit) {
        return Long.parseLong(redis.ask("GET", names.limit(limit)));
    }
}
