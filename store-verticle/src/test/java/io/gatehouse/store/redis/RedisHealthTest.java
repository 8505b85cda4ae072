package io.gatehouse.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.PartHealth;
import io.gatehouse.store.Await;
import io.gatehouse.store.Samples;
import io.gatehouse.store.SettableClock;
import io.gatehouse.store.Store;
import io.gatehouse.store.pg.PostgresServer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class RedisHealthTest {
    @Test
    void check_saysWhichPartIsGone(Vertx vertx, @TempDir Path folder) {
        try (PostgresServer postgres = PostgresServer.start(folder, Map.of());
                RedisServer redis = RedisServer.start()) {
            Store store = Await.result(RedisStore.open(
                    vertx,
                    RedisStoreTest.config(postgres.uri("health"), redis.uri(), 64),
                    Samples.TIMES,
                    false,
                    new SettableClock()));
            assertHealth(store, true, "up", "up");
            redis.kill();
            assertHealth(store, false, "up", "gone");
            postgres.stop();
            assertHealth(store, false, "gone", "gone");
            redis.restart();
            while (!Await.result(store.check()).details().get("redis").equals("up")) {
                Thread.onSpinWait();
            }
            assertHealth(store, false, "gone", "up");
            Await.result(store.close());
        }
    }

    private static void assertHealth(Store store, boolean ready, String postgres, String redis) {
        PartHealth health = Await.result(store.check());
        assertThat(health.ready()).isEqualTo(ready);
        assertThat(health.details()).containsEntry("postgres", postgres).containsEntry("redis", redis);
    }
}
