package io.gatehouse.deploy.node;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.config.GatehouseConfig;
import io.gatehouse.common.config.Role;
import io.gatehouse.common.config.RouteConfig;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.PartHealth;
import io.gatehouse.common.message.StoreHealth;
import io.gatehouse.common.message.TokenHealth;
import io.gatehouse.common.metric.Exposition;
import io.gatehouse.gateway.GatewayRole;
import io.gatehouse.gateway.GatewayVerticle;
import io.gatehouse.store.StoreRole;
import io.gatehouse.token.TokenRole;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the event loops of this process share of each role it runs; null: it doesn't run that one. */
final class Roles {
    private final Vertx vertx;
    private final GatehouseConfig config;
    private final Progress progress;
    private @Nullable StoreRole store;
    private @Nullable TokenRole token;
    private @Nullable GatewayRole gateway;
    private volatile @Nullable GatewayVerticle listener;

    private Roles(Vertx vertx, GatehouseConfig config, Progress progress) {
        this.vertx = vertx;
        this.config = config;
        this.progress = progress;
    }

    /** Opens what the configuration names, from the back to the front. */
    static Future<Roles> open(Vertx vertx, GatehouseConfig config, boolean demo, Progress progress) {
        Roles roles = new Roles(vertx, config, progress);
        Attestor attestor = new Attestor(attestationKey(config));
        // The keys first: a master key that is missing beside a store must not be mistaken for a first start.
        return roles.openToken(attestor)
                .compose(opened -> roles.openStore(attestor, demo))
                .onSuccess(opened -> roles.openGateway(demo))
                .map(roles)
                .recover(failure -> roles.close().transform(closed -> Future.failedFuture(failure)));
    }

    /** Alone, nobody else needs it: what one start attests is worth nothing after the next. */
    private static Bytes attestationKey(GatehouseConfig config) {
        byte[] shared = config.cluster().enabled() ? config.cluster().attestationKeyBytes() : null;
        return shared == null ? Entropy.bytes(32) : Bytes.owned(shared);
    }

    private Future<Void> openStore(Attestor attestor, boolean demo) {
        return !config.runs(Role.STORE)
                ? Future.succeededFuture()
                : progress.step(
                                vertx,
                                "Opening the store",
                                () -> StoreRole.open(vertx, config, demo, attestor, Clock.systemUTC()))
                        .onSuccess(opened -> store = opened)
                        .mapEmpty();
    }

    private Future<Void> openToken(Attestor attestor) {
        return !config.runs(Role.TOKEN)
                ? Future.succeededFuture()
                : progress.step(
                                vertx,
                                "Reading the keys",
                                () -> TokenRole.open(vertx, config, attestor, Clock.systemUTC()))
                        .onSuccess(opened -> token = opened)
                        .mapEmpty();
    }

    private void openGateway(boolean demo) {
        if (config.runs(Role.GATEWAY)) {
            gateway = new GatewayRole(config, demo, Clock.systemUTC());
        }
    }

    /** The parts of one event loop that answer. */
    List<Deployable> answering(Bus bus) {
        return Stream.<Deployable>of(
                        store == null ? nothing() : store.verticle(bus),
                        token == null ? nothing() : token.verticle(bus))
                .toList();
    }

    /** Once per process, between those that answer and those that ask. */
    Future<Void> prepare(Bus bus) {
        return bootstrap(bus).compose(applied -> follow(bus));
    }

    private Future<Void> bootstrap(Bus bus) {
        TokenRole applying = token;
        return applying == null
                ? Future.succeededFuture()
                : progress.step(vertx, "Applying the bootstrap section", () -> applying.bootstrap(bus));
    }

    private Future<Void> follow(Bus bus) {
        GatewayRole following = gateway;
        return following == null
                ? Future.succeededFuture()
                : progress.step(vertx, "Reading the revocation log", () -> following.follow(bus));
    }

    /** The parts of one event loop that ask. */
    List<Deployable> asking(Bus bus) {
        if (gateway == null) {
            return List.of();
        }
        GatewayVerticle verticle = gateway.verticle(bus);
        listener = verticle;
        return List.of(verticle);
    }

    private static Deployable nothing() {
        return context -> Future.succeededFuture();
    }

    /** The port of the public listener; -1: there is none here. */
    int port() {
        GatewayVerticle verticle = listener;
        return verticle == null ? -1 : verticle.port();
    }

    /** Requests are asked for by these routes from now on. */
    void reroute(List<RouteConfig> routes) {
        if (gateway != null) {
            gateway.reroute(routes);
        }
    }

    /** Writes down what each part that runs here counts. */
    void measure(Exposition out) {
        if (gateway != null) {
            gateway.measure(out);
        }
    }

    /** How to ask each part that this node can't do without. */
    Map<String, Supplier<Future<PartHealth>>> health(Bus bus) {
        Map<String, Supplier<Future<PartHealth>>> parts = new LinkedHashMap<>();
        GatewayRole asking = gateway;
        if (asking != null || store != null) {
            parts.put("store", () -> bus.ask(new StoreHealth.Check()));
        }
        if (asking != null || token != null) {
            parts.put("token", () -> bus.ask(new TokenHealth.Check()));
        }
        if (asking != null) {
            parts.put("gateway", () -> Future.succeededFuture(asking.health()));
        }
        return parts;
    }

    /** Gives back what was opened, the store last. */
    Future<Void> close() {
        return store == null ? Future.succeededFuture() : store.close();
    }
}
