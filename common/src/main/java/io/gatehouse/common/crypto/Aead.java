package io.gatehouse.common.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** AES-256-GCM with a random 96-bit nonce in front of the ciphertext. */
public final class Aead {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    /** Every use gives it a key and a nonce: finding one costs more than a small box. */
    private static final ThreadLocal<Cipher> CIPHER = ThreadLocal.withInitial(Aead::cipher);

    private Aead() {}

    /**
     * @param key 32 bytes; at most 2^32 boxes under one key
     * @param aad bound to the box: {@link #open} must be given the same
     */
    public static Bytes seal(Bytes key, Bytes plaintext, Bytes aad) {
        Bytes nonce = Entropy.bytes(NONCE_BYTES);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce.shared(), aad);
            return nonce.plus(Bytes.owned(cipher.doFinal(plaintext.shared())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM could not seal", e);
        }
    }

    /** Null where the key, the bound data or the box is not the one that was sealed. */
    public static @Nullable Bytes open(Bytes key, Bytes box, Bytes aad) {
        if (box.length() < NONCE_BYTES + TAG_BITS / 8) {
            return null;
        }
        byte[] nonce = Arrays.copyOf(box.shared(), NONCE_BYTES);
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, aad);
            return Bytes.owned(cipher.doFinal(box.shared(), NONCE_BYTES, box.length() - NONCE_BYTES));
        } catch (GeneralSecurityException foreign) {
            return null;
        }
    }

    private static Cipher cipher(int mode, Bytes key, byte[] nonce, Bytes aad) throws GeneralSecurityException {
        if (key.length() != KEY_BYTES) {
            throw new IllegalArgumentException("a key of AES-256 has 32 bytes");
        }
        Cipher cipher = CIPHER.get();
        cipher.init(mode, new SecretKeySpec(key.shared(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(aad.shared());
        return cipher;
    }

    static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }
}
