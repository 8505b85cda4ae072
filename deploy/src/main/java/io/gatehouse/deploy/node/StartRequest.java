package io.gatehouse.deploy.node;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a node was asked for on the command line.
 *
 * @param demo with the demo data
 * @param config the configuration file, or null: none was named
 * @param keys configuration keys that were given there, by path
 */
public record StartRequest(boolean demo, @Nullable Path config, Map<String, String> keys) {
    /** Copies its map. */
    public StartRequest {
        keys = Map.copyOf(keys);
    }
}
