package io.gatehouse.common.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A secret from the configuration, held as text. It can't slip into a log: {@link #toString} is always {@value #MASK},
 * all secrets have the same hash code, and equality takes the same time wherever two secrets of a length differ.
 */
public final class SecretValue {
    static final String MASK = "********";

    private final String text;

    private SecretValue(String text) {
        this.text = text;
    }

    /**
     * Wraps a text.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public static SecretValue of(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a secret can't be empty");
        }
        return new SecretValue(text);
    }

    /** The secret itself: for the one place that uses it, never for a message. */
    public String reveal() {
        return text;
    }

    /** The number of characters (UTF-16 units). */
    public int length() {
        return text.length();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SecretValue that && MessageDigest.isEqual(bytes(), that.bytes());
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return MASK;
    }

    private byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
