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
import io.gatehouse.common.model.SealedKey;
import io.gatehouse.common.model.SealedKeySet;
import io.gatehouse.common.model.SigningAlgorithm;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The signing keys of the tenants in use, and their secrets of pairwise subjects, for one event loop. A tenant's first use
 * makes its keys; of several rings that try, on whatever nodes, one writes and the others take what it wrote.
 */
final class KeyRing {
    private static final int TENANTS = 1_024;
    private static final int ATTEMPTS = 5;

    private final Bus bus;
    private final WorkerLane workers;
    private final KeySealer sealer;
    private final Clock clock;
    private final SigningAlgorithm firstAlgorithm;
    private final int freshSeconds;
    private final Cache<String, Read> known =
            Caffeine.newBuilder().maximumSize(TENANTS).executor(Runnable::run).build();
    private final SingleFlight<String, TenantKeys> loading = new SingleFlight<>();
    private final SingleFlight<Wanted, TenantKeys> making = new SingleFlight<>();

    /**
     * @param firstAlgorithm of the key that a tenant is given when its keys are first asked for
     * @param freshSeconds for how long others may keep what is published
     */
    KeyRing(
            Bus bus,
            WorkerLane workers,
            KeySealer sealer,
            Clock clock,
            SigningAlgorithm firstAlgorithm,
            int freshSeconds) {
        this.bus = bus;
        this.workers = workers;
        this.sealer = sealer;
        this.clock = clock;
        this.firstAlgorithm = firstAlgorithm;
        this.freshSeconds = freshSeconds;
    }

    /** @param algorithm null: the secret of pairwise subjects */
    private record Wanted(String tenant, @Nullable SigningAlgorithm algorithm) {
        boolean isIn(SealedKeySet set) {
            return algorithm == null
                    ? set.pairwise() != null
                    : set.keys().stream()
                            .anyMatch(key -> key.state() == SealedKey.State.ACTIVE && key.algorithm() == algorithm);
        }
    }

    /** @param at when they were asked for */
    private record Read(TenantKeys keys, Instant at) {}

    /** Made on worker threads. */
    interface Change {
        /** The next version of the set; null where it is as it should be. */
        @Nullable
        SealedKeySet of(SealedKeySet current);
    }

    /** The key that signs now; made where the tenant has none for the algorithm. */
    Future<SigningKey> signingKey(String tenant, SigningAlgorithm algorithm) {
        TenantKeys keys = current(tenant);
        SigningKey ready = keys == null ? null : keys.active(algorithm);
        return ready == null
                ? usable(new Wanted(tenant, algorithm)).map(made -> Objects.requireNonNull(made.active(algorithm)))
                : Future.succeededFuture(ready);
    }

    /** What is known here and not too old to sign with; read again beside that, where it is on its way there. */
    private @Nullable TenantKeys current(String tenant) {
        Read read = known.getIfPresent(tenant);
        if (read == null) {
            return null;
        }
        Duration age = Duration.between(read.at, clock.instant());
        if (age.compareTo(KeySchedule.READ_EVERY) >= 0) {
            Future<TenantKeys> unused = load(tenant);
        }
        return age.compareTo(KeySchedule.SIGNS_WITHIN) < 0 ? read.keys : null;
    }

    /** What the pairwise subjects of the tenant come from; made where it has none, and never again. */
    Future<Bytes> pairwiseSecret(String tenant) {
        TenantKeys keys = knownKeys(tenant);
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
        TenantKeys keys = knownKeys(tenant);
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
        TenantKeys keys = knownKeys(tenant);
        if (keys != null && keys.version() < version) {
            known.invalidate(tenant);
        }
    }

    /** What is known here, whatever became of it. */
    List<SealedKeySet> known() {
        return known.asMap().values().stream().map(read -> read.keys.rows()).toList();
    }

    /** The keys as they lie in the store. */
    Future<TenantKeys> read(String tenant) {
        return load(tenant);
    }

    /** Changes what lies in the store, again where another ring was faster, and tells everybody. */
    Future<TenantKeys> change(String tenant, Change change) {
        return load(tenant).compose(keys -> change(keys, change, ATTEMPTS));
    }

    private Future<TenantKeys> usable(Wanted wanted) {
        return making.run(
                wanted,
                () -> load(wanted.tenant)
                        .compose(keys -> wanted.isIn(keys.rows())
                                ? Future.succeededFuture(keys)
                                : existing(wanted.tenant)
                                        .compose(yes -> change(
                                                keys,
                                                current -> wanted.isIn(current) ? null : with(wanted, current),
                                                ATTEMPTS))));
    }

    private @Nullable SealedKeySet with(Wanted wanted, SealedKeySet current) {
        return wanted.algorithm == null
                ? current.with(sealer.freshPairwise(current.tenant()))
                : new KeySetChange(sealer, current, clock.instant())
                        .sign(wanted.algorithm)
                        .done();
    }

    private Future<TenantKeys> change(TenantKeys current, Change change, int attempts) {
        return workers.run(() -> Optional.ofNullable(change.of(current.rows())))
                .compose(
                        next -> next.isEmpty() ? Future.succeededFuture(current) : write(next.get(), current.version()))
                .recover(failure -> isConflict(failure) && attempts > 1
                        ? load(current.tenant()).compose(later -> change(later, change, attempts - 1))
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
        Read read = known.getIfPresent(tenant);
        if (read != null && read.keys.rows().equals(rows)) {
            known.put(tenant, new Read(read.keys, clock.instant()));
            return Future.succeededFuture(read.keys);
        }
        return opened(new SealedKeySet(tenant, rows.version(), rows.keys(), rows.pairwise()));
    }

    private Future<TenantKeys> opened(SealedKeySet rows) {
        Instant at = clock.instant();
        return workers.run(() -> TenantKeys.open(sealer, rows, freshSeconds))
                .onSuccess(keys -> known.put(keys.tenant(), new Read(keys, at)));
    }

    /** Only tenants that exist get keys, else anybody could fill the store with them. */
    Future<Void> existing(String tenant) {
        return bus.ask(new Tenants.Find(tenant))
                .compose(found -> found.tenant() == null
                        ? Future.failedFuture(new OAuthError.NotFound("tenant").failure())
                        : Future.succeededFuture());
    }

    private Future<TenantKeys> write(SealedKeySet rows, long expectedVersion) {
        return save(rows, expectedVersion)
                .compose(this::opened)
                .onSuccess(keys -> bus.publish(new Event.KeysChanged(
                        keys.tenant(), keys.version(), keys.rows().isAwaited())));
    }

    private Future<SealedKeySet> save(SealedKeySet rows, long expectedVersion) {
        return bus.ask(new Keys.Save(rows, expectedVersion)).map(saved -> rows.at(saved.version()));
    }

    private Future<TenantKeys> knownWhileAway(String tenant, Throwable failure) {
        TenantKeys keys = knownKeys(tenant);
        boolean away = failure instanceof OAuthFailure refused && refused.error() instanceof OAuthError.Unavailable;
        return away && keys != null ? Future.succeededFuture(keys) : Future.failedFuture(failure);
    }

    private @Nullable TenantKeys knownKeys(String tenant) {
        Read read = known.getIfPresent(tenant);
        return read == null ? null : read.keys;
    }

    private static boolean isConflict(Throwable failure) {
        return failure instanceof OAuthFailure refused && refused.error() instanceof OAuthError.Conflict;
    }
}
