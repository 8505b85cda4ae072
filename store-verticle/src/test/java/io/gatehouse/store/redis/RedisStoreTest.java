package io.gatehouse.store.redis;

import io.gatehouse.common.config.SecretValue;
import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.store.GrantTimes;
import io.gatehouse.store.SettableClock;
import io.gatehouse.store.Store;
import io.gatehouse.store.StoreContract;
import io.gatehouse.store.pg.PostgresServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** With a password. */
@ExtendWith(VertxExtension.class)
class RedisStoreTest extends StoreContract {
    private Vertx vertx;
    private String database;

    @BeforeEach
    void makeDatabase(Vertx ofTheTest) {
        vertx = ofTheTest;
        database = PostgresServer.shared().uri("contract");
    }

    @Override
    protected Future<? extends Store> open(GrantTimes times, SettableClock clock) {
        String redis = RedisServer.shared().uri();
        return RedisStore.open(vertx, config(database, redis, 4096), times, false, clock);
    }

    static StoreConfig config(String database, String redis, int queue) {
        return new StoreConfig(
                StoreConfig.Kind.POSTGRES,
                Path.of("unused"),
                queue,
                SecretValue.of(database),
                8,
                true,
                SecretValue.of(redis));
    }
}
