package io.gatehouse.deploy.node;

import io.gatehouse.common.config.ConfigLoader;
import io.gatehouse.common.config.ConfigSources;
import io.gatehouse.common.config.GatehouseConfig;
import io.gatehouse.common.config.Role;
import io.gatehouse.store.SchemaChange;
import io.gatehouse.store.StoreUpkeep;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings the schema of a node's store up to date without starting the node. */
public final class SchemaMigration {
    private SchemaMigration() {}

    /**
     * Returns when it is done. Blocks, and throws whatever kept it from that, as a start would.
     *
     * @param file the node's configuration file, or null: none was named
     */
    public static SchemaChange run(@Nullable Path file) {
        Vertx vertx = EventLoops.open(1);
        try {
            return new ConfigLoader(vertx)
                    .load(new ConfigSources(file, "", Map.of()))
                    .compose(loaded -> migrate(vertx, loaded.config()))
                    .await();
        } finally {
            vertx.close().await();
        }
    }

    private static Future<SchemaChange> migrate(Vertx vertx, GatehouseConfig config) {
        return config.runs(Role.STORE)
                ? StoreUpkeep.migrate(vertx, config.store())
                : Future.failedFuture(
                        new StartFailure("a node without the role store knows no store: give the configuration of one"
                                + " that runs it"));
    }
}
