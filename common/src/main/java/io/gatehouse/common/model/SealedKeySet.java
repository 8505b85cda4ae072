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

    /** The same keys, as they were saved. */
    public SealedKeySet at(long savedVersion) {
        return new SealedKeySet(tenant, savedVersion, keys, pairwise);
    }
}
