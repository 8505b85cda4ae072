package io.gatehouse.deploy.manifest;

import io.gatehouse.common.config.ConfigLoader;
import io.gatehouse.common.config.GatehouseConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a container sees instead of folders of its image.
 *
 * @param folders by the path at which they are mounted
 */
record Mounts(Map<String, Path> folders) {
    /** Reads a configuration as the container would: the files that it names are opened. */
    GatehouseConfig read(Path file, String bind) throws IOException {
        String text = Files.readString(file);
        for (Map.Entry<String, Path> mount : folders.entrySet()) {
            text = text.replace(mount.getKey() + "/", mount.getValue() + "/");
        }
        return ConfigLoader.parse(bind.isEmpty() ? text : text + "  bind: " + bind + "\n");
    }
}
