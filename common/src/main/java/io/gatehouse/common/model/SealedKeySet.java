package io.gatehouse.common.model;

import java.util.List;

/**
 * The signing keys of a tenant.
 *
 * @param version counts changes; a write names the version it replaces
 */
public record SealedKeySet(String tenant, long version, List<SealedKey> keys) {
    public SealedKeySet {
        keys = List.copyOf(keys);
    }
}
