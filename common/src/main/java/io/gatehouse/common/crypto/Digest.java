package io.gatehouse.common.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 of a machine-made secret: what crosses the bus and lies in a store in place of the secret.
 *
 * @param value 32 bytes
 */
public record Digest(Bytes value) {
    private static final ThreadLocal<MessageDigest> SHA256 = ThreadLocal.withInitial(Digest::sha256);

    public Digest {
        if (value.length() != 32) {
            throw new IllegalArgumentException("a SHA-256 digest has 32 bytes");
        }
    }

    public static Digest of(Bytes secret) {
        return new Digest(Bytes.owned(SHA256.get().digest(secret.shared())));
    }

    /** Of the UTF-8 bytes. */
    public static Digest of(String secret) {
        return new Digest(Bytes.owned(SHA256.get().digest(secret.getBytes(StandardCharsets.UTF_8))));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
