package io.gatehouse.token;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Revocations.DenyKey;
import io.gatehouse.common.message.SigningKeys;
import io.gatehouse.common.message.SigningKeys.Entry;
import io.gatehouse.common.message.SigningKeys.Listing;
import io.gatehouse.common.message.SigningKeys.Retire;
import io.gatehouse.common.message.SigningKeys.Rotate;
import io.gatehouse.common.model.SealedKey;
import io.gatehouse.common.model.SealedKey.State;
import io.gatehouse.common.model.SealedKeySet;
import io.gatehouse.common.model.SigningAlgorithm;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@link SigningKeys}. What was denied stays denied, also where the change behind it fails and has to be asked for
 * again.
 */
final class KeyOrders {
    private final Bus bus;
    private final KeyRing ring;
    private final KeyRotation rotation;
    private final KeySealer sealer;
    private final KeySchedule schedule;
    private final AuditLog audit;
    private final Clock clock;

    KeyOrders(
            Bus bus,
            KeyRing ring,
            KeyRotation rotation,
            KeySealer sealer,
            KeySchedule schedule,
            AuditLog audit,
            Clock clock) {
        this.bus = bus;
        this.ring = ring;
        this.rotation = rotation;
        this.sealer = sealer;
        this.schedule = schedule;
        this.audit = audit;
        this.clock = clock;
    }

    Future<?> answer(SigningKeys<?> request) {
        return switch (request) {
            case SigningKeys.Show show ->
                ring.existing(show.tenant())
                        .compose(there -> ring.read(show.tenant()))
                        .map(this::listing);
            case Rotate rotate -> rotate(rotate).map(this::listing);
            case Retire retire -> retire(retire).map(this::listing);
        };
    }

    private Future<TenantKeys> rotate(Rotate order) {
        String tenant = order.tenant();
        return ring.existing(tenant)
                .compose(there -> order.emergency()
                        ? ring.read(tenant).compose(keys -> replace(keys.rows(), order.algorithm()))
                        : rotation.begin(tenant, order.algorithm()));
    }

    /** Whoever finds that another node has replaced these keys meanwhile has nothing left to do. */
    private Future<TenantKeys> replace(SealedKeySet seen, @Nullable SigningAlgorithm wanted) {
        Set<SigningAlgorithm> algorithms = KeyRotation.algorithms(seen, wanted);
        Set<String> kids = seen.keys().stream()
                .filter(key -> algorithms.contains(key.algorithm()))
                .map(SealedKey::kid)
                .collect(Collectors.toSet());
        return deny(seen.tenant(), kids).compose(denied -> take(seen, kids, algorithms));
    }

    private Future<TenantKeys> retire(Retire order) {
        return ring.existing(order.tenant())
                .compose(there -> ring.read(order.tenant()))
                .compose(keys -> {
                    SealedKey key = keys.rows().keys().stream()
                            .filter(one -> one.kid().equals(order.kid()))
                            .findAny()
                            .orElseThrow(() -> new OAuthError.NotFound("key").failure());
                    if (key.state() == State.ACTIVE) {
                        throw new OAuthError.Conflict("key").failure();
                    }
                    return deny(order.tenant(), Set.of(key.kid()))
                            .compose(denied -> take(keys.rows(), Set.of(key.kid()), Set.of()));
                });
    }

    /** First, so that nothing they signed counts any more, whatever becomes of the rest. */
    private Future<?> deny(String tenant, Set<String> kids) {
        List<? extends Future<?>> denials =
                kids.stream().map(kid -> bus.ask(new DenyKey(tenant, kid))).toList();
        return Future.all(denials);
    }

    /** Takes keys away, and sees to it that one signs for each of the algorithms. */
    private Future<TenantKeys> take(SealedKeySet seen, Set<String> kids, Set<SigningAlgorithm> algorithms) {
        return ring.change(seen.tenant(), current -> {
                    KeySetChange change = new KeySetChange(sealer, current, clock.instant()).remove(kids);
                    algorithms.forEach(change::sign);
                    return change.done();
                })
                .onSuccess(after -> audit.keysChanged(seen, after.rows()));
    }

    private Listing listing(TenantKeys keys) {
        SealedKeySet set = keys.rows();
        return new Listing(
                keys.tenant(),
                keys.version(),
                set.keys().stream().map(key -> entry(key, set)).toList());
    }

    private Entry entry(SealedKey key, SealedKeySet set) {
        return new Entry(
                key.kid(), key.algorithm(), key.state(), key.createdAt(), key.since(), schedule.until(key, set));
    }
}
