package io.gatehouse.token;

import com.nimbusds.jose.jwk.JWK;
import io.gatehouse.common.crypto.Sealed;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.VerificationKeys.KeySet;
import io.gatehouse.common.model.SealedKey;
import io.gatehouse.common.model.SealedKeySet;
import io.gatehouse.common.model.SigningAlgorithm;
import io.gatehouse.common.model.VerificationKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's keys, opened.
 *
 * @param rows as they lie in the store
 * @param active what signs, by algorithm
 * @param verifying what tokens are verified with, by {@code kid}
 * @param published the public keys, taken from the sealed ones
 * @param pairwise what pairwise subjects come from; null: nothing has needed it yet
 */
record TenantKeys(
        SealedKeySet rows,
        Map<SigningAlgorithm, SigningKey> active,
        Map<String, VerifyingKey> verifying,
        KeySet published,
        @Nullable Secret pairwise) {
    /** Of a tenant that has no keys yet. */
    static TenantKeys none(String tenant) {
        return new TenantKeys(
                new SealedKeySet(tenant, 0, List.of(), null),
                Map.of(),
                Map.of(),
                new KeySet(tenant, 0, List.of()),
                null);
    }

    /**
     * @param freshSeconds for how long others may keep what is published
     * @throws UnusableKey where a row is not one that was sealed for this tenant: the whole set is refused
     */
    static TenantKeys open(KeySealer sealer, SealedKeySet rows, int freshSeconds) {
        Map<SigningAlgorithm, SigningKey> active = new EnumMap<>(SigningAlgorithm.class);
        Map<String, VerifyingKey> verifying = new HashMap<>();
        List<VerificationKey> published = new ArrayList<>();
        for (SealedKey row : rows.keys()) {
            JWK key = sealer.open(rows.tenant(), row);
            if (row.state() == SealedKey.State.ACTIVE) {
                active.put(row.algorithm(), SigningKey.of(row.algorithm(), key));
            }
            verifying.put(row.kid(), VerifyingKey.of(row.algorithm(), key));
            published.add(new VerificationKey(
                    row.kid(), row.algorithm(), key.toPublicJWK().toJSONString()));
        }
        KeySet publicKeys = new KeySet(rows.tenant(), rows.version(), published, freshSeconds);
        return new TenantKeys(rows, active, verifying, publicKeys, openPairwise(sealer, rows));
    }

    private static @Nullable Secret openPairwise(KeySealer sealer, SealedKeySet rows) {
        Sealed secret = rows.pairwise();
        return secret == null ? null : new Secret(sealer.openPairwise(rows.tenant(), secret));
    }

    String tenant() {
        return rows.tenant();
    }

    long version() {
        return rows.version();
    }

    boolean isEmpty() {
        return rows.keys().isEmpty();
    }

    @Nullable
    SigningKey active(SigningAlgorithm algorithm) {
        return active.get(algorithm);
    }

    /** Null where the tenant has no such key, or no longer. */
    @Nullable
    VerifyingKey verifying(String kid) {
        return verifying.get(kid);
    }
}
