package io.gatehouse.store;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.config.GatehouseConfig;
import io.gatehouse.common.config.LimitsConfig;
import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.store.embedded.EmbeddedStore;
import io.gatehouse.store.pg.PgStore;
import io.gatehouse.store.redis.RedisStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;

/** What the store role has once per process: the store, and the lane in which passwords are hashed. */
public final class StoreRole {
    private final Store store;
    private final PasswordLane lane;
    private final StoreSettings settings;
    private final Attestor attestor;
    private final Clock clock;
    private final AtomicBoolean heartbeatTaken = new AtomicBoolean();

    StoreRole(Store store, PasswordLane lane, StoreSettings settings, Attestor attestor, Clock clock) {
        this.store = store;
        this.lane = lane;
        this.settings = settings;
        this.attestor = attestor;
        this.clock = clock;
    }

    /** See the other one. */
    public static Future<StoreRole> open(
            Vertx vertx, GatehouseConfig config, boolean demo, Attestor attestor, Clock clock) {
        return open(vertx, StoreSettings.of(config), demo, attestor, clock);
    }

    /**
     * Opens the store.
     *
     * @param demo whether it is to hold demo data
     * @param attestor under the key that the token role has too
     * @return fails with {@link UnusableStore}, whose message is for the operator
     */
    public static Future<StoreRole> open(
            Vertx vertx, StoreSettings settings, boolean demo, Attestor attestor, Clock clock) {
        return open(vertx, settings.store(), GrantTimes.of(settings.tokens(), settings.sessions()), demo, clock)
                .map(store -> new StoreRole(store, lane(vertx, settings.limits()), settings, attestor, clock));
    }

    private static Future<? extends Store> open(
            Vertx vertx, StoreConfig config, GrantTimes times, boolean demo, Clock clock) {
        return switch (config.kind()) {
            case EMBEDDED -> EmbeddedStore.open(vertx, config, times, demo, clock);
            case POSTGRES ->
                config.redis() == null
                        ? PgStore.open(vertx, config, times, demo, clock)
                        : RedisStore.open(vertx, config, times, demo, clock);
        };
    }

    private static PasswordLane lane(Vertx vertx, LimitsConfig limits) {
        int threads = limits.hashingThreadsOn(Runtime.getRuntime().availableProcessors());
        return new PasswordLane(vertx, new Argon2Hasher(), threads, limits.passwordHashingQueue(), System::nanoTime);
    }

    /** The part of one event loop, to be deployed there. Once per bus. */
    public StoreVerticle verticle(Bus bus) {
        Announcer announcer = new Announcer(bus, store.revocations());
        StoreServices services = new StoreServices(store, lane, settings, attestor, announcer, clock);
        return new StoreVerticle(
                bus,
                services.all(),
                new StoreVerticle.Heartbeat(settings.revocation().heartbeat(), heartbeatTaken),
                new LogWatch(store.revocations(), bus, announcer, clock));
    }

    /** For tests. */
    Store store() {
        return store;
    }

    /** To be called once the verticles are gone; finishes what is in flight. */
    public Future<Void> close() {
        lane.close();
        return store.close();
    }
}
