package io.gatehouse.token;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.message.Verifiers;
import io.gatehouse.common.model.SealedKey;
import io.gatehouse.common.model.SealedKey.State;
import io.gatehouse.common.model.SealedKeySet;
import io.gatehouse.common.model.SigningAlgorithm;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the keys of the tenants in use follow one another, on one event loop. Every ring looks after the tenants that it knows;
 * of several that find the same thing due, on whatever nodes, one writes and the others take what it wrote.
 */
final class KeyRotation {
    static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final Bus bus;
    private final KeyRing ring;
    private final KeySealer sealer;
    private final KeySchedule schedule;
    private final AuditLog audit;
    private final Clock clock;
    private final Set<String> underWay = new HashSet<>();
    private Instant pausedUntil = Instant.MIN;

    KeyRotation(Bus bus, KeyRing ring, KeySealer sealer, KeySchedule schedule, AuditLog audit, Clock clock) {
        this.bus = bus;
        this.ring = ring;
        this.sealer = sealer;
        this.schedule = schedule;
        this.audit = audit;
        this.clock = clock;
    }

    /** To be called now and then: does what is due. */
    void look() {
        Instant now = clock.instant();
        if (now.isBefore(pausedUntil)) {
            return;
        }
        for (SealedKeySet set : ring.known()) {
            if (schedule.isAnythingDue(set, now)) {
                Future<?> unused = advance(set.tenant()).onFailure(failure -> pause(set.tenant(), failure));
            }
        }
    }

    /** Does what is due for one tenant. */
    Future<TenantKeys> advance(String tenant) {
        if (!underWay.add(tenant)) {
            return ring.read(tenant);
        }
        return ring.read(tenant).compose(this::advance).onComplete(done -> underWay.remove(tenant));
    }

    private Future<TenantKeys> advance(TenantKeys keys) {
        Instant now = clock.instant();
        if (!schedule.isAnythingDue(keys.rows(), now)) {
            return Future.succeededFuture(keys);
        }
        return mayFollow(keys.rows(), now).compose(ready -> change(keys.rows(), ready, now));
    }

    /** Which of the new keys may sign now: every live verifier knows them, or was waited for long enough. */
    private Future<Set<String>> mayFollow(SealedKeySet set, Instant now) {
        List<SealedKey> ripe = schedule.ripe(set, now);
        Set<String> overdue = kids(ripe.stream().filter(key -> schedule.isOverdue(key, now)));
        if (overdue.size() == ripe.size()) {
            overdue.forEach(kid -> LOG.debug("key {} waits for nobody any more", kid));
            return Future.succeededFuture(overdue);
        }
        Instant latest =
                ripe.stream().map(SealedKey::since).max(Instant::compareTo).orElse(now);
        return bus.ask(new Verifiers.Live(set.tenant(), set.version(), latest))
                .map(standing -> standing.behind() == 0 ? kids(ripe.stream()) : overdue)
                .recover(failure -> overdue.isEmpty() ? Future.succeededFuture(overdue) : Future.failedFuture(failure));
    }

    private Future<TenantKeys> change(SealedKeySet seen, Set<String> ready, Instant now) {
        return ring.change(seen.tenant(), current -> changed(current, ready, now))
                .onSuccess(after -> audit.keysChanged(seen, after.rows()));
    }

    private @Nullable SealedKeySet changed(SealedKeySet current, Set<String> ready, Instant now) {
        KeySetChange change = new KeySetChange(sealer, current, now);
        for (SealedKey key : current.keys()) {
            if (key.state() == State.NEXT && ready.contains(key.kid())) {
                change.activate(key);
            } else if (key.state() == State.ACTIVE && schedule.isDue(key, current, now)) {
                change.follow(key.algorithm());
            }
        }
        return change.remove(kids(current.keys().stream()
                        .filter(key -> key.state() == State.RETIRED && schedule.isDue(key, current, now))))
                .done();
    }

    /** Begins a rotation by hand; one that is under way is that one. */
    Future<TenantKeys> begin(String tenant, @Nullable SigningAlgorithm wanted) {
        return ring.read(tenant)
                .compose(seen -> ring.change(tenant, current -> followed(current, algorithms(current, wanted)))
                        .onSuccess(after -> audit.keysChanged(seen.rows(), after.rows())))
                .compose(begun -> advance(tenant));
    }

    private @Nullable SealedKeySet followed(SealedKeySet current, Set<SigningAlgorithm> algorithms) {
        KeySetChange change = new KeySetChange(sealer, current, clock.instant());
        algorithms.forEach(change::follow);
        return change.done();
    }

    /** Those that sign where none is named; in a set without keys the first one that is made is that. */
    static Set<SigningAlgorithm> algorithms(SealedKeySet set, @Nullable SigningAlgorithm wanted) {
        return wanted != null
                ? Set.of(wanted)
                : set.keys().stream()
                        .filter(key -> key.state() == State.ACTIVE)
                        .map(SealedKey::algorithm)
                        .collect(Collectors.toSet());
    }

    private static Set<String> kids(Stream<SealedKey> keys) {
        return keys.map(SealedKey::kid).collect(Collectors.toSet());
    }

    /** Where the store is away everything is due at once, every second. */
    private void pause(String tenant, Throwable failure) {
        pausedUntil = clock.instant().plus(PAUSE);
        LOG.warn(
                "The signing keys of tenant {} could not be looked after, which is tried again in {} s: {}",
                tenant,
                PAUSE.toSeconds(),
                failure.getMessage());
    }
}
