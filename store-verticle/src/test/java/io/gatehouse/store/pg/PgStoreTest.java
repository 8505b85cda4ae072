package io.gatehouse.store.pg;

import io.gatehouse.store.GrantTimes;
import io.gatehouse.store.SettableClock;
import io.gatehouse.store.Store;
import io.gatehouse.store.StoreContract;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class PgStoreTest extends StoreContract {
    private Vertx vertx;
    private String uri;

    @BeforeEach
    void makeDatabase(Vertx ofTheTest) {
        vertx = ofTheTest;
        uri = PostgresServer.shared().uri("contract");
    }

    @AfterEach
    void dropDatabase() {
        PgCase.drop(uri);
    }

    @Override
    protected Future<?> sweep(Store store) {
        return ((PgStore) store).sweep().round();
    }

    @Override
    protected Future<? extends Store> open(GrantTimes times, SettableClock clock) {
        return PgStore.open(vertx, PgCase.config(uri), times, false, clock);
    }
}
