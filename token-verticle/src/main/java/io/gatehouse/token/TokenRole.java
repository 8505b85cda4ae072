package io.gatehouse.token;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.config.GatehouseConfig;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.PartHealth;
import io.gatehouse.common.model.SigningAlgorithm;
import io.gatehouse.common.model.Tenant;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Map;

/**
 * What the token verticles of one process share: the crypto provider, the master keys, the policy. Open it, deploy a
 * {@link #verticle} on each event loop, then {@link #bootstrap}: only after that it reports itself ready.
 */
public final class TokenRole {
    private final Vertx vertx;
    private final GatehouseConfig config;
    private final Attestor attestor;
    private final Clock clock;
    private final WorkerLane workers;
    private final TokenPolicy policy;
    private final KeySchedule schedule;
    private final TrustedIssuers trustedIssuers;
    private final CryptoProvider provider;
    private final MasterKeys masterKeys;
    private volatile boolean ready;

    private TokenRole(Vertx vertx, GatehouseConfig config, Attestor attestor, Clock clock, WorkerLane workers) {
        this.vertx = vertx;
        this.config = config;
        this.attestor = attestor;
        this.clock = clock;
        this.workers = workers;
        this.policy = TokenPolicy.of(config);
        this.schedule = KeySchedule.of(config.keys());
        this.trustedIssuers = new TrustedIssuers(config.bootstrap().tenants());
        this.provider = CryptoProvider.install();
        this.masterKeys = MasterKeys.of(config);
    }

    /**
     * Loads the crypto provider and the master key, off the event loop.
     *
     * @param attestor the one the store attests with
     * @return fails with {@link StartFailure}
     */
    public static Future<TokenRole> open(Vertx vertx, GatehouseConfig config, Attestor attestor, Clock clock) {
        WorkerLane workers = new WorkerLane(vertx);
        return workers.run(() -> new TokenRole(vertx, config, attestor, clock, workers))
                .recover(TokenRole::startFailure);
    }

    /** One per event loop, with that loop's bus. */
    public TokenVerticle verticle(Bus bus) {
        return new LoopParts(policy, trustedIssuers, masterKeys, attestor, workers, clock, ring(bus))
                .verticle(bus, schedule, this::health);
    }

    /**
     * Creates what the configuration declares and the default tenant's first keys, where they are missing. May be
     * repeated, and run by several nodes at once.
     *
     * @return fails with {@link StartFailure}
     */
    public Future<Void> bootstrap(Bus bus) {
        Promise<Void> done = Promise.promise();
        vertx.getOrCreateContext()
                .runOnContext(here -> new Bootstrap(vertx, bus, workers, clock, masterKeys)
                        .apply(config.bootstrap(), () -> firstKeys(ring(bus)))
                        .onSuccess(nothing -> ready = true)
                        .onComplete(done));
        return done.future();
    }

    // RS256 is what a client gets that names no algorithm for its ID tokens (OpenID Connect Core, section 2): its key
    // stands in the JWKS before the first of them is given, else whoever keeps a JWKS would not find it there.
    private Future<?> firstKeys(KeyRing ring) {
        return ring.signingKey(Tenant.MAIN, policy.algorithm())
                .compose(made -> ring.signingKey(Tenant.MAIN, SigningAlgorithm.RS256));
    }

    KeyRing ring(Bus bus) {
        return new KeyRing(bus, workers, new KeySealer(masterKeys), clock, policy.algorithm(), schedule.freshSeconds());
    }

    private PartHealth health() {
        return new PartHealth(ready, Map.of("crypto", provider.description(), "master_key", masterKeys.sealingId()));
    }

    private static <T> Future<T> startFailure(Throwable cause) {
        String message =
                cause instanceof UnusableKey ? String.valueOf(cause.getMessage()) : "The token role failed: " + cause;
        return Future.failedFuture(new StartFailure(message, cause));
    }
}
