package io.gatehouse.deploy.flow;

import io.gatehouse.store.pg.PostgresServer;
import io.gatehouse.store.redis.RedisServer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What nodes under test keep their data in: real servers, which all tests of this process share. */
enum BackEnd {
    /** A file in the node's folder. */
    EMBEDDED,
    POSTGRES,
    /** PostgreSQL, with Redis for what is short-lived. */
    REDIS;

    /** Names the one that tests run on: a parameter of a suite, or a system property. */
    static final String PARAMETER = "gatehouse.store";

    private static final String MASTER_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private static final String URI = "store.uri";

    static BackEnd of(ExtensionContext context) {
        return context.getConfigurationParameter(PARAMETER, name -> valueOf(name.toUpperCase(Locale.ROOT)))
                .orElse(EMBEDDED);
    }

    /** As health tells it. */
    String kind() {
        return this == EMBEDDED ? "embedded" : "postgres";
    }

    /** The configuration keys of a store without any data. */
    Map<String, String> fresh(Path folder) {
        String path = folder.toString();
        return switch (this) {
            case EMBEDDED -> Map.of("store.path", path);
            case POSTGRES ->
                Map.of(
                        "store.path",
                        path,
                        "store.kind",
                        kind(),
                        URI,
                        PostgresServer.shared().uri("flow"),
                        "keys.master_key",
                        MASTER_KEY);
            case REDIS ->
                Map.of(
                        "store.path",
                        path,
                        "store.kind",
                        kind(),
                        URI,
                        PostgresServer.shared().uri("flow"),
                        "store.redis",
                        RedisServer.shared().uri(),
                        "keys.master_key",
                        MASTER_KEY);
        };
    }

    /** Gives the space back. */
    static void drop(Map<String, String> keys) {
        String uri = keys.get(URI);
        if (uri != null) {
            String database = uri.substring(uri.lastIndexOf('/') + 1);
            PostgresServer.shared().execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
        }
    }
}
