package io.gatehouse.deploy.node;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.PartHealth;
import io.gatehouse.common.message.StoreHealth;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What a member finds in its cluster before it starts a role. */
final class Neighbours {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long BETWEEN_MILLIS = 250;

    private final Vertx vertx;
    private final Bus bus;

    /** @param bus asks from no loop in particular */
    Neighbours(Vertx vertx, Bus bus) {
        this.vertx = vertx;
        this.bus = bus;
    }

    /** Nodes that were started together need not find each other at once. */
    Future<Void> awaitStore() {
        return awaitStore(System.nanoTime() + PATIENCE.toNanos());
    }

    private Future<Void> awaitStore(long deadline) {
        return bus.ask(new StoreHealth.Check()).transform(answer -> {
            if (answer.succeeded() && answer.result().ready()) {
                return Future.succeededFuture();
            }
            return System.nanoTime() - deadline > 0
                    ? Future.failedFuture(new OAuthError.Unavailable("store").failure())
                    : vertx.timer(BETWEEN_MILLIS, TimeUnit.MILLISECONDS).compose(later -> awaitStore(deadline));
        });
    }

    /** An embedded store is the only one, or half of what is written could not be found again. */
    Future<Void> checkStores(StoreConfig.Kind own) {
        return bus.ask(new StoreHealth.Check()).transform(answer -> {
            String other = answer.succeeded() ? kind(answer.result()) : null;
            boolean fits = other == null
                    || (own == StoreConfig.Kind.POSTGRES && !other.equals(StoreConfig.Kind.EMBEDDED.toString()));
            return fits
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                            new StartFailure("another node of the cluster has the role store already, and an embedded"
                                    + " store is for one: give all of them the same store of kind postgres, or start this node with --role"
                                    + " gateway,token"));
        });
    }

    private static String kind(PartHealth health) {
        return health.details().getOrDefault("kind", "");
    }
}
