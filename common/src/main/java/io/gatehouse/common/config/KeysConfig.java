package io.gatehouse.common.config;

import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * How private keys are sealed, and how signing keys follow one another.
 *
 * @param masterKey base64 of the 32 bytes that seal all others, or null: the node makes a file of its own
 * @param rotateEvery for how long a key signs
 * @param publishLead for how long a new key is published before it signs
 * @param ackTimeout how much longer it waits for verifiers that have not said that they know it
 */
public record KeysConfig(
        @Key(doc = """
                        The key that seals all other keys: 32 random bytes in base64 (openssl rand -base64 32),
                        best as file:PATH. Default: a file of mode 0600 in the data folder, made at the first
                        start.""") @Nullable SecretValue masterKey,

        @Key(
                doc = "A signing key is followed by a new one after so long.",
                defaultValue = "P90D",
                min = "PT1M",
                max = "P3650D")
        Duration rotateEvery,

        @Key(doc = """
                        A new key stands in the JWKS for so long before it signs, so that whoever keeps a copy of it has
                        fetched it anew; copies may be kept for half of this, 5 minutes at most. A tenant's first key
                        signs at once.""", defaultValue = "PT10M", min = "PT0S", max = "P1D")
        Duration publishLead,

        @Key(doc = """
                        After that a new key waits so much longer for nodes that have not said yet that they know it.""", defaultValue = "PT1M", min = "PT0S", max = "PT1H")
        Duration ackTimeout)
        implements Checked {

    private static final int BYTES = 32;

    /** The 32 bytes of the master key in a fresh array, or null when none is configured. */
    public byte @Nullable [] masterKeyBytes() {
        return masterKey == null ? null : decoded(masterKey.reveal());
    }

    @Override
    public void check(Rules rules) {
        rules.require(
                masterKey == null || isKey(masterKey.reveal()),
                "master_key",
                "is not the base64 of 32 random bytes: make one with: openssl rand -base64 32");
    }

    static boolean isKey(String text) {
        byte[] key = decoded(text);
        return key != null && key.length == BYTES && !allTheSame(key);
    }

    // Both alphabets: keys come from openssl as well as from tools of the JOSE world.
    static byte @Nullable [] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    private static boolean allTheSame(byte[] key) {
        for (byte one : key) {
            if (one != key[0]) {
                return false;
            }
        }
        return true;
    }
}
