package io.gatehouse.token;

import io.gatehouse.common.config.GatehouseConfig;
import io.gatehouse.common.config.Role;
import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.common.crypto.Aead;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Hkdf;
import io.gatehouse.common.crypto.Sealed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys that seal all others. One seals; several may open, so that a set of sealed keys can move from one to the
 * next.
 */
final class MasterKeys {
    static final int LENGTH = 32;

    private final String sealingId;
    private final Bytes deriving;
    private final Map<String, Bytes> byId = new LinkedHashMap<>();

    /** @param openOnly earlier keys, under which something may still lie sealed */
    MasterKeys(Bytes sealing, List<Bytes> openOnly) {
        openOnly.forEach(this::add);
        this.sealingId = add(sealing);
        this.deriving = Hkdf.derive(sealing, "gatehouse key derivation v1");
    }

    /**
     * The configured key, else the one in the data folder, which a first start makes. Blocks.
     *
     * @throws UnusableKey with a sentence for the operator
     */
    static MasterKeys of(GatehouseConfig config) {
        byte[] configured = config.keys().masterKeyBytes();
        if (configured != null) {
            return new MasterKeys(Bytes.owned(configured), List.of());
        }
        if (!config.runs(Role.STORE) || config.store().kind() != StoreConfig.Kind.EMBEDDED) {
            throw new UnusableKey(
                    "keys.master_key is required on a node without the embedded store: give all nodes with"
                            + " the role token the same 32 random bytes in base64 (openssl rand -base64 32), best as file:PATH");
        }
        return new MasterKeys(new MasterKeyFile(config.store().path()).readOrMake(), List.of());
    }

    /** The name of the key that seals. */
    String sealingId() {
        return sealingId;
    }

    boolean has(String id) {
        return byId.containsKey(id);
    }

    Sealed seal(Bytes plaintext, Bytes aad) {
        Bytes key = byId.get(sealingId);
        if (key == null) {
            throw new IllegalStateException("the sealing key is among the keys");
        }
        return new Sealed(sealingId, Aead.seal(key, plaintext, aad));
    }

    /** Null where no key of ours sealed it, or not with this {@code aad}. */
    @Nullable
    Bytes open(Sealed sealed, Bytes aad) {
        Bytes key = byId.get(sealed.keyId());
        return key == null ? null : Aead.open(key, sealed.box(), aad);
    }

    /**
     * A key that is the same wherever the sealing key is the same.
     *
     * @param label what it is for: one label, one use
     * @return 32 bytes
     */
    Bytes derive(String label) {
        return Hkdf.derive(deriving, label);
    }

    // The id comes from a value of its own, so that it tells nothing about the key.
    private String add(Bytes master) {
        if (master.length() != LENGTH) {
            throw new UnusableKey("a master key has " + LENGTH + " bytes, this one has " + master.length());
        }
        String id = Digest.of(Hkdf.derive(master, "gatehouse master key id v1"))
                .value()
                .slice(0, 8)
                .base64Url();
        byId.put(id, Hkdf.derive(master, "gatehouse key sealing v1"));
        return id;
    }
}
