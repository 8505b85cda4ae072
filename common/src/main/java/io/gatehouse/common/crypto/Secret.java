package io.gatehouse.common.crypto;

/**
 * A secret in memory: a password, a client secret, a token. Never printed; compared in constant time.
 *
 * @param value UTF-8 bytes where the secret is text
 */
public record Secret(Bytes value) {
    public static Secret of(String text) {
        return new Secret(Bytes.utf8(text));
    }

    public String reveal() {
        return value.utf8();
    }

    public Digest digest() {
        return Digest.of(value);
    }

    @Override
    public String toString() {
        return "Secret[***]";
    }
}
