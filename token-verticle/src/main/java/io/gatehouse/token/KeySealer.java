package io.gatehouse.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.crypto.Sealed;
import io.gatehouse.common.model.SealedKey;
import io.gatehouse.common.model.SigningAlgorithm;
import java.text.ParseException;
import java.time.Instant;

/**
 * Turns signing keys into rows of the store and back. A row counts only in its place: tenant, owner, purpose, algorithm
 * and key id are bound to the box, and the public key is taken from inside it, so whoever can write the store can lose
 * keys, never exchange them.
 */
final class KeySealer {
    /** A tenant's own keys; clients will own keys as well. */
    private static final String OWNER = "tenant";

    private static final String PURPOSE = "sig";

    private static final int SECRET_BYTES = 32;

    private final MasterKeys masterKeys;

    KeySealer(MasterKeys masterKeys) {
        this.masterKeys = masterKeys;
    }

    /** @param key a private key with its {@code kid} */
    SealedKey seal(String tenant, SigningAlgorithm algorithm, SealedKey.State state, JWK key, Instant createdAt) {
        String kid = key.getKeyID();
        Sealed box = masterKeys.seal(Bytes.utf8(key.toJSONString()), binding(tenant, algorithm, kid));
        String publicJwk = key.toPublicJWK().toJSONString();
        return new SealedKey(kid, algorithm, state, publicJwk, box, createdAt);
    }

    /** @throws UnusableKey where the row is not one that was sealed for this place */
    JWK open(String tenant, SealedKey row) {
        Bytes opened = masterKeys.open(row.privateJwk(), binding(tenant, row.algorithm(), row.kid()));
        if (opened == null) {
            throw new UnusableKey(reason(
                    "Signing key " + row.kid() + " of tenant " + tenant,
                    row.privateJwk().keyId()));
        }
        try {
            JWK key = JWK.parse(opened.utf8());
            if (!key.isPrivate() || !key.computeThumbprint().toString().equals(row.kid())) {
                throw new UnusableKey("The box of signing key " + row.kid() + " holds another key");
            }
            return key;
        } catch (ParseException | JOSEException malformed) {
            throw new UnusableKey("The box of signing key " + row.kid() + " holds no JWK", malformed);
        }
    }

    /** A fresh secret for the pairwise subjects of a tenant. */
    Sealed freshPairwise(String tenant) {
        return masterKeys.seal(Entropy.bytes(SECRET_BYTES), pairwiseBinding(tenant));
    }

    /** @throws UnusableKey where it is not one that was sealed for this tenant */
    Bytes openPairwise(String tenant, Sealed secret) {
        Bytes opened = masterKeys.open(secret, pairwiseBinding(tenant));
        if (opened == null) {
            throw new UnusableKey(reason("The secret of pairwise subjects of tenant " + tenant, secret.keyId()));
        }
        return opened;
    }

    private String reason(String key, String sealedUnder) {
        return masterKeys.has(sealedUnder)
                ? key + " was changed in the store or belongs to another place: restore the store from a copy"
                : key + " is sealed under master key " + sealedUnder + ", this node has " + masterKeys.sealingId()
                        + ": restore master.key or set keys.master_key to the key it was sealed under";
    }

    private static Bytes pairwiseBinding(String tenant) {
        return Binding.of("gatehouse pairwise secret v1", tenant, OWNER);
    }

    private static Bytes binding(String tenant, SigningAlgorithm algorithm, String kid) {
        return Binding.of("gatehouse signing key v1", tenant, OWNER, PURPOSE, algorithm.jwsName(), kid);
    }
}
