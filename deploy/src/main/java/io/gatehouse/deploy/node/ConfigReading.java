package io.gatehouse.deploy.node;

import io.gatehouse.common.config.ConfigLoader;
import io.gatehouse.common.config.ConfigSources;
import io.gatehouse.common.config.GatehouseConfig;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a node's configuration without starting the node. */
public final class ConfigReading {
    private ConfigReading() {}

    /**
     * Blocks, and throws whatever a start would.
     *
     * @param file the node's configuration file, or null: none was named
     */
    public static GatehouseConfig run(@Nullable Path file) {
        Vertx vertx = EventLoops.open(1);
        try {
            return new ConfigLoader(vertx)
                    .load(new ConfigSources(file, "", Map.of()))
                    .await()
                    .config();
        } finally {
            vertx.close().await();
        }
    }
}
