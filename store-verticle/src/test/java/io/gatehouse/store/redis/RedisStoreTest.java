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
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** With a password. */
@ExtendWith(VertxExtension.class)
class RedisStoreTest extends StoreContract {
    private Vertx vertx;
    private String database;
    private SettableClock clock;

    @BeforeEach
    void makeDatabase(Vertx ofTheTest) {
        vertx = ofTheTest;
        database = PostgresServer.shared().uri("contract");
    }

    /** Of what is in the database: the rest goes by itself. */
    @Override
    protected Future<?> sweep(Store store) {
        long before = TimeUnit.SECONDS.toNanos(clock.instant().getEpochSecond() - 60);
        return PgConnection.connect(vertx, PgConnectOptions.fromUri(database))
                .compose(connection -> connection
                        .preparedQuery("SELECT sweep_registrations_1($1, 10000)")
                        .execute(Tuple.of(before))
                        .eventually(connection::close));
    }

    @Override
    protected Future<? extends Store> open(GrantTimes times, SettableClock clock) {
        this.clock = clock;
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
