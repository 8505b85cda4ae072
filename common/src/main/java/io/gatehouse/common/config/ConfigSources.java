package io.gatehouse.common.config;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller adds to the sources that are always read (environment and system properties).
 *
 * @param file the YAML file, or null: the one named by GATEHOUSE_CONFIG, if any
 * @param base YAML below the file, such as demo data; empty for none
 * @param commandLine values above everything, by the key's path, lists with commas
 */
public record ConfigSources(@Nullable Path file, String base, Map<String, String> commandLine) {
    /** Copies its map. */
    public ConfigSources {
        commandLine = Map.copyOf(commandLine);
    }

    /** Nothing added. */
    public static ConfigSources none() {
        return new ConfigSources(null, "", Map.of());
    }

    /** A file and nothing else. */
    public static ConfigSources file(Path file) {
        return new ConfigSources(file, "", Map.of());
    }
}
