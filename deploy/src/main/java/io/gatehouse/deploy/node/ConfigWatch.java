package io.gatehouse.deploy.node;

import io.gatehouse.common.config.ConfigChanges;
import io.gatehouse.common.config.ConfigException;
import io.gatehouse.common.config.ConfigLoader;
import io.gatehouse.common.config.ConfigSources;
import io.gatehouse.common.config.GatehouseConfig;
import io.gatehouse.common.config.RouteConfig;
import io.gatehouse.gateway.proxy.RouteChanges;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the configuration while the node runs, by the same sources that it was started with. Of what changed, routes
 * count at once; all else waits for a restart. What is no good changes nothing.
 */
final class ConfigWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);
    private static final Logger AUDIT = LoggerFactory.getLogger("gatehouse.audit");
    private static final long LOOK_MILLIS = 10_000;
    /** A file that is half written may be valid, with a route that lacks its last conditions. */
    private static final long SETTLING_MILLIS = 1000;
    /** What routes were checked against: they wait with it. */
    private static final Set<String> GROUND = Set.of("issuer", "server", "roles");

    /** What a look finds: a configuration, or what is wrong with it. */
    private record Found(@Nullable GatehouseConfig config, String flaw) {}

    private final Vertx vertx;
    private final ConfigSources sources;
    private final GatehouseConfig started;
    private final Consumer<List<RouteConfig>> reroute;
    /** What was found last and taken or complained of. */
    private Found seen;

    private List<RouteConfig> routes;
    private Future<Void> looking = Future.succeededFuture();
    private long timer;

    /**
     * @param sources asked again each time
     * @param started what the node was started with
     * @param reroute is given the routes that count from now on
     */
    ConfigWatch(Vertx vertx, ConfigSources sources, GatehouseConfig started, Consumer<List<RouteConfig>> reroute) {
        this.vertx = vertx;
        this.sources = sources;
        this.started = started;
        this.reroute = reroute;
        this.seen = new Found(started, "");
        this.routes = started.routes();
    }

    /** Looks every now and then. */
    void begin() {
        timer = vertx.setPeriodic(LOOK_MILLIS, tick -> {
            Future<Void> unused = look();
        });
    }

    void end() {
        vertx.cancelTimer(timer);
    }

    /** Looks now; what it finds is in use, or was refused, when this completes. It does not fail. */
    synchronized Future<Void> look() {
        // One after the other: one that is under way may have read the file before it was changed.
        looking = looking.compose(before -> find())
                .compose(found -> found.equals(seen) ? Future.succeededFuture() : settle(found));
        return looking;
    }

    private Future<Found> find() {
        return new ConfigLoader(vertx)
                .load(sources)
                .map(loaded -> new Found(loaded.config(), ""))
                .otherwise(failure -> new Found(null, flaw(failure)));
    }

    private static String flaw(Throwable failure) {
        return failure instanceof ConfigException invalid
                ? String.valueOf(invalid.getMessage())
                : "internal: " + failure;
    }

    private Future<Void> settle(Found found) {
        return vertx.timer(SETTLING_MILLIS, TimeUnit.MILLISECONDS)
                .compose(later -> find())
                .compose(again -> again.equals(found) ? act(again) : settle(again));
    }

    private Future<Void> act(Found found) {
        seen = found;
        try {
            if (found.config == null) {
                refuse(found.flaw);
            } else {
                take(found.config);
            }
        } catch (RuntimeException flawed) {
            refuse(flaw(flawed));
        }
        return Future.succeededFuture();
    }

    private void take(GatehouseConfig config) {
        List<String> waiting = ConfigChanges.between(started, config).stream()
                .filter(key -> !key.equals("routes"))
                .toList();
        boolean groundMoved = waiting.stream().anyMatch(GROUND::contains);
        if (!waiting.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("keys", String.join(",", waiting))
                    .log(
                            groundMoved
                                    ? "the configuration changed in more than routes: restart to use it, routes too"
                                    : "the configuration changed in more than routes: restart to use the rest");
        }
        if (!groundMoved && !config.routes().equals(routes)) {
            reroute.accept(config.routes());
            tell(RouteChanges.between(routes, config.routes()));
            routes = config.routes();
        }
    }

    private static void refuse(String flaw) {
        LOG.atError().addKeyValue("reason", flaw).log("the configuration is no good: the former routes stay in use");
    }

    private static void tell(RouteChanges changes) {
        AUDIT.atInfo()
                .addKeyValue("event", "routes_changed")
                .addKeyValue("added", String.join(",", changes.added()))
                .addKeyValue("removed", String.join(",", changes.removed()))
                .addKeyValue("changed", String.join(",", changes.changed()))
                .addKeyValue("reordered", changes.reordered())
                .log("other routes are in use");
    }
}
