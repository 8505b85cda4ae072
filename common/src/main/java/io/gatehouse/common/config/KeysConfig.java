package io.gatehouse.common.config;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * How private keys are sealed.
 *
 * @param masterKey base64 of the 32 bytes that seal all others, or null: the node makes a file of its own
 */
public record KeysConfig(@Key(doc = """
                        The key that seals all other keys: 32 random bytes in base64 (openssl rand -base64 32),
                        best as file:PATH. Default: a file of mode 0600 in the data folder, made at the first
                        start.""") @Nullable SecretValue masterKey) implements Checked {

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
