package io.gatehouse.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.Keys;
import io.gatehouse.common.message.Tenants;
import io.gatehouse.common.message.VerificationKeys.KeySet;
import io.gatehouse.common.model.SealedKey;
import io.gatehouse.common.model.SealedKeySet;
import io.gatehouse.common.model.SigningAlgorithm;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The signing keys of the tenants in use, for one event loop. A tenant's first use makes its keys; of several rings that
 * try, on whatever nodes, one writes and the others take what it wrote.
 */
final class KeyRing {
    private static final int TENANTS = 1_024;
    private static final int ATTEMPTS = 5;

    private final Bus bus;
    private final WorkerLane workers;
    private final KeySealer sealer;
    private final Clock clock;
    private final SigningAlgorithm firstAlgorithm;
    private final Cache<String, TenantKeys> known =
            Caffeine.newBuilder().maximumSize(TENANTS).executor(Runnable::run).build();
    private final SingleFlight<String, TenantKeys> loading = new SingleFlight<>();
    private final SingleFlight<Wanted, TenantKeys> making = new SingleFlight<>();

    /** @param firstAlgorithm of the key that a tenant is given when its keys are first asked for */
    KeyRing(Bus bus, WorkerLane workers, KeySealer sealer, Clock clock, SigningAlgorithm firstAlgorithm) {
        this.bus = bus;
        this.workers = workers;
        this.sealer = sealer;
        this.clock = clock;
        this.firstAlgorithm = firstAlgorithm;
    }

    private record Wanted(String tenant, SigningAlgorithm algorithm) {}

    /** The key that signs now; made where the tenant has none for the algorithm. */
    Future<SigningKey> signingKey(String tenant, SigningAlgorithm algorithm) {
        TenantKeys keys = known.getIfPresent(tenant);
        SigningKey ready = keys == null ? null : keys.active(algorithm);
        return ready == null
                ? usable(tenant, algorithm).map(made -> Objects.requireNonNull(made.active(algorithm)))
                : Future.succeededFuture(ready);
    }

    /** What a token of the tenant is verified with; null where the tenant has no such key. Never makes one. */
    Future<@Nullable VerifyingKey> verifyingKey(String tenant, String kid) {
        VerifyingKey ready = knownKey(tenant, kid);
        return ready == null ? load(tenant).map(keys -> keys.verifying(kid)) : Future.succeededFuture(ready);
    }

    /** As {@link #verifyingKey}, but without asking anybody. */
    @Nullable
    VerifyingKey knownKey(String tenant, String kid) {
        TenantKeys keys = known.getIfPresent(tenant);
        return keys == null ? null : keys.verifying(kid);
    }

    /**
     * What verifiers need. It always looks into the store, where another ring may have added a key that this one does
     * not know; while the store is away, the keys known here are still right.
     */
    Future<KeySet> published(String tenant) {
        return load(tenant)
                .compose(keys -> keys.isEmpty() ? usable(tenant, firstAlgorithm) : Future.succeededFuture(keys))
                .recover(failure -> knownWhileAway(tenant, failure))
                .map(TenantKeys::published);
    }

    /** Somebody wrote {@code version}: what is known here may be older. */
    void changed(String tenant, long version) {
        TenantKeys keys = known.getIfPresent(tenant);
        if (keys != null && keys.version() < version) {
            known.invalidate(tenant);
        }
    }

    private Future<TenantKeys> usable(String tenant, SigningAlgorithm algorithm) {
        return making.run(new Wanted(tenant, algorithm), () -> loadOrMake(tenant, algorithm, ATTEMPTS));
    }

    private Future<TenantKeys> loadOrMake(String tenant, SigningAlgorithm algorithm, int attempts) {
        return load(tenant)
                .compose(keys -> keys.active(algorithm) == null
                        ? existing(tenant).compose(yes -> make(keys, algorithm))
                        : Future.succeededFuture(keys))
                .recover(failure -> isConflict(failure) && attempts > 1
                        ? loadOrMake(tenant, algorithm, attempts - 1)
                        : Future.failedFuture(failure));
    }

    private Future<TenantKeys> load(String tenant) {
        return loading.run(
                tenant, () -> bus.ask(new Keys.Load(tenant)).compose(loaded -> open(tenant, loaded.keySet())));
    }

    private Future<TenantKeys> open(String tenant, @Nullable SealedKeySet rows) {
        if (rows == null) {
            return Future.succeededFuture(TenantKeys.none(tenant));
        }
        TenantKeys keys = known.getIfPresent(tenant);
        if (keys != null && keys.rows().equals(rows)) {
            return Future.succeededFuture(keys);
        }
        SealedKeySet own = new SealedKeySet(tenant, rows.version(), rows.keys());
        return opened(own);
    }

    private Future<TenantKeys> opened(SealedKeySet rows) {
        return workers.run(() -> TenantKeys.open(sealer, rows)).onSuccess(keys -> known.put(keys.tenant(), keys));
    }

    // Only tenants that exist get keys, else anybody could fill the store with them.
    private Future<Void> existing(String tenant) {
        return bus.ask(new Tenants.Find(tenant))
                .compose(found -> found.tenant() == null
                        ? Future.failedFuture(new OAuthError.NotFound("tenant").failure())
                        : Future.succeededFuture());
    }

    private Future<TenantKeys> make(TenantKeys before, SigningAlgorithm algorithm) {
        String tenant = before.tenant();
        return workers.run(() -> mint(tenant, algorithm))
                .compose(row -> save(before.with(row), before.version()))
                .compose(this::opened)
                .onSuccess(keys -> bus.publish(new Event.KeysChanged(tenant, keys.version())));
    }

    private SealedKey mint(String tenant, SigningAlgorithm algorithm) {
        return sealer.seal(tenant, algorithm, KeyMint.mint(algorithm), clock.instant());
    }

    private Future<SealedKeySet> save(SealedKeySet rows, long expectedVersion) {
        return bus.ask(new Keys.Save(rows, expectedVersion))
                .map(saved -> new SealedKeySet(rows.tenant(), saved.version(), rows.keys()));
    }

    private Future<TenantKeys> knownWhileAway(String tenant, Throwable failure) {
        TenantKeys keys = known.getIfPresent(tenant);
        boolean away = failure instanceof OAuthFailure refused && refused.error() instanceof OAuthError.Unavailable;
        return away && keys != null ? Future.succeededFuture(keys) : Future.failedFuture(failure);
    }

    private static boolean isConflict(Throwable failure) {
        return failure instanceof OAuthFailure refused && refused.error() instanceof OAuthError.Conflict;
    }
}
