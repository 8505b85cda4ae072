package io.gatehouse.common.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An immutable byte string. Equality takes the same time wherever two strings of one length differ, so it may compare
 * secrets; {@link #toString()} shows the length only, so it may stand in a log line.
 */
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] value;

    private Bytes(byte[] value) {
        this.value = value;
    }

    /** Copies {@code value}. */
    public static Bytes of(byte[] value) {
        return new Bytes(value.clone());
    }

    /** Takes {@code value} over uncopied: the caller has just made it and keeps no reference. */
    public static Bytes owned(byte[] value) {
        return new Bytes(value);
    }

    public static Bytes utf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public int length() {
        return value.length;
    }

    public byte at(int index) {
        return value[index];
    }

    /** A copy. */
    public byte[] toArray() {
        return value.clone();
    }

    public void copyTo(byte[] target, int offset) {
        System.arraycopy(value, 0, target, offset, value.length);
    }

    /** @throws IndexOutOfBoundsException past either end */
    public Bytes slice(int from, int to) {
        Objects.checkFromToIndex(from, to, value.length);
        return new Bytes(Arrays.copyOfRange(value, from, to));
    }

    public Bytes plus(Bytes other) {
        byte[] joined = Arrays.copyOf(value, value.length + other.value.length);
        other.copyTo(joined, value.length);
        return new Bytes(joined);
    }

    /** What is not UTF-8 reads as U+FFFD. */
    public String utf8() {
        return utf8(0, value.length);
    }

    /** As {@link #utf8()}, of a part. */
    public String utf8(int from, int to) {
        return new String(value, from, to - from, StandardCharsets.UTF_8);
    }

    /** base64url without padding (RFC 7515, section 2). */
    public String base64Url() {
        return Base64Url.encode(value);
    }

    /** For primitives of this package that would only copy what they read. */
    byte[] shared() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bytes bytes && MessageDigest.isEqual(value, bytes.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "Bytes[" + value.length + "]";
    }
}
