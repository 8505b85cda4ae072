package io.gatehouse.store.embedded;

import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.store.GrantTimes;
import io.gatehouse.store.SettableClock;
import io.gatehouse.store.Store;
import io.gatehouse.store.StoreContract;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class EmbeddedStoreTest extends StoreContract {
    @TempDir
    private Path folder;

    private Vertx vertx;

    @BeforeEach
    void takeVertx(Vertx ofTheTest) {
        vertx = ofTheTest;
    }

    @Override
    protected Future<?> sweep(Store store) {
        return ((EmbeddedStore) store).sweep();
    }

    @Override
    protected Future<? extends Store> open(GrantTimes times, SettableClock clock) {
        StoreConfig config = new StoreConfig(StoreConfig.Kind.EMBEDDED, folder, 4096);
        return EmbeddedStore.open(vertx, config, times, false, clock);
    }
}
