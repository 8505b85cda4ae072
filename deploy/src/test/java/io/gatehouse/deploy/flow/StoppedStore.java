package io.gatehouse.deploy.flow;

import io.gatehouse.common.config.ConfigLoader;
import io.gatehouse.common.config.GatehouseConfig;
import io.gatehouse.store.GrantTimes;
import io.gatehouse.store.Store;
import io.gatehouse.store.embedded.EmbeddedStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Function;

/** The data folder of a node that does not run. */
final class StoppedStore {
    private StoppedStore() {}

    static void change(Path folder, boolean demo, Function<Store, Future<?>> change) {
        GatehouseConfig config = ConfigLoader.parse("store: {path: '" + folder + "'}\n");
        Vertx vertx = Vertx.vertx();
        try {
            Store store = EmbeddedStore.open(
                            vertx, config.store(), GrantTimes.of(config.tokens()), demo, Clock.systemUTC())
                    .await();
            change.apply(store).eventually(store::close).await();
        } finally {
            vertx.close().await();
        }
    }
}
