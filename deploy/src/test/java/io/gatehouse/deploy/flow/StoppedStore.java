package io.gatehouse.deploy.flow;

import io.gatehouse.common.config.ConfigLoader;
import io.gatehouse.common.config.GatehouseConfig;
import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.store.GrantTimes;
import io.gatehouse.store.Store;
import io.gatehouse.store.embedded.EmbeddedStore;
import io.gatehouse.store.pg.PgStore;
import io.gatehouse.store.redis.RedisStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a node that does not run has kept. */
final class StoppedStore {
    private StoppedStore() {}

    /** @param keys that say where the store is */
    static void change(Map<String, String> keys, boolean demo, Function<Store, Future<?>> change) {
        String yaml = keys.entrySet().stream()
                .filter(key -> key.getKey().startsWith("store."))
                .map(key -> key.getKey().substring("store.".length()) + ": '" + key.getValue() + "'")
                .collect(Collectors.joining(", ", "store: {", "}\n"));
        GatehouseConfig config = ConfigLoader.parse(yaml);
        Vertx vertx = Vertx.vertx();
        try {
            Store store = open(vertx, config.store(), GrantTimes.of(config.tokens(), config.sessions()), demo)
                    .await();
            change.apply(store).eventually(store::close).await();
        } finally {
            vertx.close().await();
        }
    }

    private static Future<? extends Store> open(Vertx vertx, StoreConfig config, GrantTimes times, boolean demo) {
        Clock clock = Clock.systemUTC();
        if (config.kind() == StoreConfig.Kind.EMBEDDED) {
            return EmbeddedStore.open(vertx, config, times, demo, clock);
        }
        return config.redis() == null
                ? PgStore.open(vertx, config, times, demo, clock)
                : RedisStore.open(vertx, config, times, demo, clock);
    }
}
