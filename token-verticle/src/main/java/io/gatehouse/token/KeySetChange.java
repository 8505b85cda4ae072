package io.gatehouse.token;

import io.gatehouse.common.model.SealedKey;
import io.gatehouse.common.model.SealedKey.State;
import io.gatehouse.common.model.SealedKeySet;
import io.gatehouse.common.model.SigningAlgorithm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes of a key set that belong into one version. Minting takes its time: not for event loops. */
final class KeySetChange {
    private final KeySealer sealer;
    private final SealedKeySet before;
    private final Instant now;
    private final List<SealedKey> keys;

    KeySetChange(KeySealer sealer, SealedKeySet before, Instant now) {
        this.sealer = sealer;
        this.before = before;
        this.now = now;
        this.keys = new ArrayList<>(before.keys());
    }

    /** Adds a key, to be published before it signs; the first for its algorithm signs at once. */
    KeySetChange add(SigningAlgorithm algorithm) {
        State state = has(State.ACTIVE, algorithm) ? State.NEXT : State.ACTIVE;
        keys.add(sealer.seal(before.tenant(), algorithm, state, KeyMint.mint(algorithm), now));
        return this;
    }

    /** As {@link #add}, unless one is waiting. */
    KeySetChange follow(SigningAlgorithm algorithm) {
        return has(State.NEXT, algorithm) ? this : add(algorithm);
    }

    /** Adds a key that signs at once, unless one does. */
    KeySetChange sign(SigningAlgorithm algorithm) {
        return has(State.ACTIVE, algorithm) ? this : add(algorithm);
    }

    /** Lets a key that waited sign, in the place of the one that did. */
    KeySetChange activate(SealedKey next) {
        keys.replaceAll(key -> key.state() == State.ACTIVE && key.algorithm() == next.algorithm()
                ? key.in(State.RETIRED, now)
                : key.kid().equals(next.kid()) ? key.in(State.ACTIVE, now) : key);
        return this;
    }

    KeySetChange remove(Set<String> kids) {
        keys.removeIf(key -> kids.contains(key.kid()));
        return this;
    }

    /** The next version of the set; null: nothing changed. */
    @Nullable
    SealedKeySet done() {
        return keys.equals(before.keys()) ? null : before.with(keys);
    }

    private boolean has(State state, SigningAlgorithm algorithm) {
        return keys.stream().anyMatch(key -> key.state() == state && key.algorithm() == algorithm);
    }
}
