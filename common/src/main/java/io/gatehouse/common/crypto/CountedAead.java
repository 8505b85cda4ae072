package io.gatehouse.common.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * AES-256-GCM whose nonce is a counter: for a key that one sender has and uses each counter with once. It saves the random
 * nonce, of which so many may not be drawn under one key. Safe to share between threads.
 */
public final class CountedAead {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final ThreadLocal<Cipher> CIPHER = ThreadLocal.withInitial(Aead::cipher);

    private final SecretKey key;

    /** @param key 32 bytes */
    public CountedAead(Bytes key) {
        if (key.length() != KEY_BYTES) {
            throw new IllegalArgumentException("a key of AES-256 has 32 bytes");
        }
        this.key = new SecretKeySpec(key.shared(), "AES");
    }

    /**
     * @param counter never the same twice: who sees two boxes of one can make others
     * @param aad bound to the box: {@link #open} must be given the same
     */
    public Bytes seal(long counter, Bytes plaintext, Bytes aad) {
        try {
            return Bytes.owned(cipher(Cipher.ENCRYPT_MODE, counter, aad).doFinal(plaintext.shared()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM could not seal", e);
        }
    }

    /** Null where the key, the counter, the bound data or the box is not the one that was sealed. */
    public @Nullable Bytes open(long counter, Bytes box, Bytes aad) {
        try {
            return Bytes.owned(cipher(Cipher.DECRYPT_MODE, counter, aad).doFinal(box.shared()));
        } catch (GeneralSecurityException foreign) {
            return null;
        }
    }

    private Cipher cipher(int mode, long counter, Bytes aad) throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE_BYTES];
        ByteBuffer.wrap(nonce).putLong(NONCE_BYTES - Long.BYTES, counter);
        Cipher cipher = CIPHER.get();
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(aad.shared());
        return cipher;
    }
}
