package io.gatehouse.common.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256 on one block (FIPS 197): a permutation of all 16-byte values that only the key's owner can follow, either way.
 * It hides equality of nothing: for names that must always come out the same, never for messages.
 */
public final class AesBlock {
    public static final int LENGTH = 16;

    private static final int KEY_BYTES = 32;

    private AesBlock() {}

    /**
     * @param key 32 bytes
     * @param block 16 bytes
     * @return 16 bytes
     */
    public static Bytes encrypt(Bytes key, Bytes block) {
        return permuted(Cipher.ENCRYPT_MODE, key, block);
    }

    /** The way back of {@link #encrypt}. */
    public static Bytes decrypt(Bytes key, Bytes block) {
        return permuted(Cipher.DECRYPT_MODE, key, block);
    }

    private static Bytes permuted(int mode, Bytes key, Bytes block) {
        if (key.length() != KEY_BYTES || block.length() != LENGTH) {
            throw new IllegalArgumentException("a key of AES-256 has 32 bytes, a block 16");
        }
        try {
            // One block and no more: a mode of operation has nothing to chain.
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(mode, new SecretKeySpec(key.shared(), "AES"));
            return Bytes.owned(cipher.doFinal(block.shared()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES", e);
        }
    }
}
