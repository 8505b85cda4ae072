package io.gatehouse.common.model;

import io.gatehouse.common.crypto.Sealed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The signing keys of a tenant, and the one secret beside them that signs nothing.
 *
 * @param version counts changes; a write names the version it replaces
 * @param pairwise what the pairwise subjects of the tenant's clients come from, sealed under the master key: with another
 *     one, every user is a stranger to them. Null: no client has needed one yet
 */
public record SealedKeySet(
        String tenant,
        long version,
        List<SealedKey> keys,
        @Nullable Sealed pairwise) {
    public SealedKeySet {
        keys = List.copyOf(keys);
    }

    /** Whether a key waits in it until every verifier knows it. */
    public boolean isAwaited() {
        return keys.stream().anyMatch(key -> key.state() == SealedKey.State.NEXT);
    }

    /** The next version of the set, with these keys. */
    public SealedKeySet with(List<SealedKey> changed) {
        return new SealedKeySet(tenant, version + 1, changed, pairwise);
    }

    /** The next version of the set, with another secret. */
    public SealedKeySet with(Sealed secret) {
        return new SealedKeySet(tenant, version + 1, keys, secret);
    }

    /** The same keys, as they were saved. */
    public SealedKeySet at(long savedVersion) {
        return new SealedKeySet(tenant, savedVersion, keys, pairwise);
    }
}
