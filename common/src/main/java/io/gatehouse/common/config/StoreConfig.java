package io.gatehouse.common.config;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Where durable records live.
 *
 * @param kind which back end
 * @param path the embedded store's folder, as written: relative to the process's working folder
 * @param queue requests that may wait for the writer before further ones are turned away
 */
public record StoreConfig(
        @Key(doc = "The back end.", defaultValue = "embedded")
        Kind kind,

        @Key(doc = """
                        The data folder of the embedded store, made when missing. A relative path starts at the
                        folder the process was started in.""", defaultValue = "./data") Path path,

        @Key(
                doc = "How many requests may wait for the store; further ones are answered 503 at once.",
                defaultValue = "4096",
                min = "16",
                max = "1000000")
        int queue) {

    /** A back end; written in lower case. */
    public enum Kind {
        /** One file in the data folder, no server needed; for one process. */
        EMBEDDED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
