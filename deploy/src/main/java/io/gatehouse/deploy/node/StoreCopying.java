package io.gatehouse.deploy.node;

import io.gatehouse.common.config.ConfigLoader;
import io.gatehouse.common.config.ConfigSources;
import io.gatehouse.common.config.GatehouseConfig;
import io.gatehouse.common.config.Role;
import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.store.StoreUpkeep;
import io.gatehouse.store.copy.CopyProgress;
import io.gatehouse.store.copy.CopyReport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/** Copies the store of one node into that of another, neither of which runs. */
public final class StoreCopying {
    private StoreCopying() {}

    /**
     * Returns when the copy is complete. Blocks, and throws whatever kept it from that.
     *
     * @param from configuration file of a node that has the store
     * @param to configuration file of a node that will have the copy
     */
    public static CopyReport run(Path from, Path to, CopyProgress progress) {
        return on(vertx -> store(vertx, from)
                .compose(source ->
                        store(vertx, to).compose(target -> StoreUpkeep.copy(vertx, source, target, progress))));
    }

    /** Lets nodes start again on a store that was copied; false: they could. Blocks and throws like {@link #run}. */
    public static boolean unfreeze(Path from) {
        return on(vertx -> store(vertx, from).compose(source -> StoreUpkeep.unfreeze(vertx, source)));
    }

    private static <T> T on(Function<Vertx, Future<T>> work) {
        Vertx vertx = EventLoops.open(1);
        try {
            return work.apply(vertx).await();
        } finally {
            vertx.close().await();
        }
    }

    private static Future<StoreConfig> store(Vertx vertx, Path file) {
        return new ConfigLoader(vertx)
                .load(new ConfigSources(file, "", Map.of()))
                .compose(loaded -> store(loaded.config(), file));
    }

    private static Future<StoreConfig> store(GatehouseConfig config, Path file) {
        return config.runs(Role.STORE)
                ? Future.succeededFuture(config.store())
                : Future.failedFuture(new StartFailure(file + " is of a node without the role store, which knows no"
                        + " store: give the configuration of one that runs it"));
    }
}
