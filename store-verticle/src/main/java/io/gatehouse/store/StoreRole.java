package io.gatehouse.store;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.config.GatehouseConfig;
import io.gatehouse.common.config.LimitsConfig;
import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.store.copy.CopyProgress;
import io.gatehouse.store.copy.CopyReport;
import io.gatehouse.store.copy.Copyable;
import io.gatehouse.store.copy.StoreCopy;
import io.gatehouse.store.embedded.EmbeddedCopy;
import io.gatehouse.store.embedded.EmbeddedStore;
import io.gatehouse.store.pg.Migrations;
import io.gatehouse.store.pg.PgCopy;
import io.gatehouse.store.pg.PgStore;
import io.gatehouse.store.redis.RedisStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
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

    /**
     * Brings the schema of the store up to date without opening the store; changes nothing else.
     *
     * @return fails with {@link UnusableStore}
     */
    public static Future<SchemaChange> migrate(Vertx vertx, StoreConfig config) {
        return switch (config.kind()) {
            case EMBEDDED -> Future.succeededFuture(new SchemaChange(List.of(), SchemaChange.NO_SCHEMA));
            case POSTGRES -> Migrations.apply(vertx, config);
        };
    }

    /**
     * Copies all of a store into another one, or goes on with that, while no node works on either. The source is frozen
     * from its start.
     *
     * @return fails with {@link UnusableStore}
     */
    public static Future<CopyReport> copy(Vertx vertx, StoreConfig from, StoreConfig to, CopyProgress progress) {
        if (isSame(from, to)) {
            return Future.failedFuture(
                    new UnusableStore("Both configurations name the same store: name another one to copy to", null));
        }
        boolean redis = to.redis() != null;
        return source(vertx, from)
                .compose(source -> target(vertx, to)
                        .compose(target -> new StoreCopy(source, target, redis, progress, Clock.systemUTC())
                                .run()
                                .eventually(target::close))
                        .eventually(source::close));
    }

    /**
     * Lets nodes start again on a store that was copied; says whether they could not.
     *
     * @return fails with {@link UnusableStore}
     */
    public static Future<Boolean> unfreeze(Vertx vertx, StoreConfig config) {
        return source(vertx, config)
                .compose(source -> StoreCopy.unfreeze(source).eventually(source::close));
    }

    private static boolean isSame(StoreConfig from, StoreConfig to) {
        return from.kind() == to.kind()
                && switch (from.kind()) {
                    case EMBEDDED -> absolute(from).equals(absolute(to));
                    case POSTGRES ->
                        from.postgres().place().equals(to.postgres().place());
                };
    }

    private static Path absolute(StoreConfig config) {
        return config.path().toAbsolutePath().normalize();
    }

    private static Future<? extends Copyable> source(Vertx vertx, StoreConfig config) {
        return switch (config.kind()) {
            case EMBEDDED -> EmbeddedCopy.source(vertx, config);
            case POSTGRES -> PgCopy.source(vertx, config);
        };
    }

    private static Future<? extends Copyable> target(Vertx vertx, StoreConfig config) {
        return switch (config.kind()) {
            case EMBEDDED -> EmbeddedCopy.target(vertx, config);
            case POSTGRES -> PgCopy.target(vertx, config);
        };
    }

    private static PasswordLane lane(Vertx vertx, LimitsConfig limits) {
        int threads = limits.hashingThreadsOn(Runtime.getRuntime().availableProcessors());
        return new PasswordLane(vertx, new Argon2Hasher(), threads, limits.passwordHashingQueue(), System::nanoTime);
    }

    /** The part of one event loop, to be deployed there. Once per bus. */
    public StoreVerticle verticle(Bus bus) {
        Announcer announcer = new Announcer(bus, store.revocations());
        GrantTimes times = GrantTimes.of(settings.tokens(), settings.sessions());
        Tickets tickets = new Tickets(attestor, times);
        LoginThrottle throttle = new LoginThrottle(settings.limits());
        PasswordGate gate = new PasswordGate(store.limits(), throttle, lane, clock);
        PasswordService passwords = new PasswordService(store.sessions(), gate, lane, announcer, clock);
        LoginService logins = new LoginService(store.users(), store.secondFactors(), gate, tickets, clock);
        OneTimeValueService oneTimeValues = new OneTimeValueService(
                store.oneTimeValues(), store.limits(), new ProofThrottle(settings.limits()), clock);
        AssertionLoginService assertionLogins =
                new AssertionLoginService(store, oneTimeValues, attestor, tickets, clock);
        FactorProofs factorProofs = new FactorProofs(store, new FactorThrottle(settings.limits()), attestor, clock);
        FactorLogins factorLogins =
                new FactorLogins(store, factorProofs, oneTimeValues, times.sessions(), attestor, announcer, clock);
        return new StoreVerticle(
                bus,
                new StoreVerticle.Services(
                        new TenantService(store.tenants(), announcer),
                        new ClientService(
                                store.clients(),
                                new RegistrationUse(store.registrations()),
                                attestor,
                                announcer,
                                clock),
                        new UserService(store.users(), logins, assertionLogins, tickets, lane, announcer, clock),
                        new CodeService(store, throttle, attestor, tickets, times, announcer, clock),
                        new DeviceService(store, new DeviceThrottle(settings.limits()), clock),
                        new GrantService(store.grants(), tickets, times, announcer, clock),
                        new RevocationService(store.revocations(), announcer, clock),
                        new KeyService(store.keys(), announcer),
                        new JwtAppService(store.jwtApps(), attestor, announcer, clock),
                        new SessionService(
                                store,
                                gate,
                                passwords,
                                times.sessions(),
                                new SessionVouching(store.sessions(), times.sessions(), attestor, clock),
                                factorLogins,
                                announcer,
                                clock),
                        new SecondFactorService(store, factorProofs, factorLogins, attestor, announcer, clock),
                        new LogoutService(store.logouts(), attestor, clock),
                        oneTimeValues,
                        new PushedRequestService(
                                store.pushedRequests(), store.limits(), new PushThrottle(settings.limits()), clock),
                        new RegistrationService(
                                store, new RegistrationThrottle(settings.limits()), attestor, announcer, clock),
                        new RateLimitService(store.limits(), clock),
                        new VerifierService(store.verifiers(), clock),
                        new HealthService(store, lane)),
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
