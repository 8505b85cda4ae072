package io.gatehouse.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.Keys;
import io.gatehouse.common.message.Tenants;
import io.gatehouse.common.message.VerificationKeys.KeySet;
import io.gatehouse.common.model.SealedKeySet;
import io.gatehouse.common.model.SigningAlgorithm;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The signing keys of the tenants in use, and their secrets of pairwise subjects, for one event loop. A tenant's first use makes its keys; of several rings that
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

    /** @param algorithm null: the secret of pairwise subjects */
    private record Wanted(String tenant, @Nullable SigningAlgorithm algorithm) {
        boolean isIn(TenantKeys keys) {
            return algorithm == null ? keys.pairwise() != null : keys.active(algorithm) != null;
        }
    }

    /** The key that signs now; made where the tenant has none for the algorithm. */
    Future<SigningKey> signingKey(String tenant, SigningAlgorithm algorithm) {
        TenantKeys keys = known.getIfPresent(tenant);
        SigningKey ready = keys == null ? null : keys.active(algorithm);
        return ready == null
                ? usable(new Wanted(tenant, algorithm)).map(made -> Objects.requireNonNull(made.active(algorithm)))
                : Future.succeededFuture(ready);
    }

    /** What the pairwise subjects of the tenant come from; made where it has none, and never again. */
    Future<Bytes> pairwiseSecret(String tenant) {
        TenantKeys keys = known.getIfPresent(tenant);
        Secret ready = keys == null ? null : keys.pairwise();
        Future<Secret> secret = ready == null
                ? usable(new Wanted(tenant, null)).map(made -> Objects.requireNonNull(made.pairwise()))
                : Future.succeededFuture(ready);
        return secret.map(Secret::value);
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
                .compose(keys ->
                        keys.isEmpty() ? usable(new Wanted(tenant, firstAlgorithm)) : Future.succeededFuture(keys))
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

    private Future<TenantKeys> usable(Wanted wanted) {
        return making.run(wanted, () -> loadOrMake(wanted, ATTEMPTS));
    }

    private Future<TenantKeys> loadOrMake(Wanted wanted, int attempts) {
        return load(wanted.tenant)
                .compose(keys -> wanted.isIn(keys)
                        ? Future.succeededFuture(keys)
                        : existing(wanted.tenant).compose(yes -> make(keys, wanted)))
                .recover(failure -> isConflict(failure) && attempts > 1
                        ? loadOrMake(wanted, attempts - 1)
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
        SealedKeySet own = new SealedKeySet(tenant, rows.version(), rows.keys(), rows.pairwise());
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

    private Future<TenantKeys> make(TenantKeys before, Wanted wanted) {
        String tenant = before.tenant();
        return workers.run(() -> next(before, wanted.algorithm))
                .compose(rows -> save(rows, before.version()))
                .compose(this::opened)
                .onSuccess(keys -> bus.publish(new Event.KeysChanged(tenant, keys.version())));
    }

    private SealedKeySet next(TenantKeys before, @Nullable SigningAlgorithm algorithm) {
        String tenant = before.tenant();
        return algorithm == null
                ? before.withPairwise(sealer.freshPairwise(tenant))
                : before.with(sealer.seal(tenant, algorithm, KeyMint.mint(algorithm), clock.instant()));
    }

    private Future<SealedKeySet> save(SealedKeySet rows, long expectedVersion) {
        return bus.ask(new Keys.Save(rows, expectedVersion)).map(saved -> rows.at(saved.version()));
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
