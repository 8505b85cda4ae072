package io.gatehouse.store.embedded;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.model.GrantId;
import io.gatehouse.common.model.SessionId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Keys as byte strings: parts in order, each ended by a zero, so that no two lists of parts give one key, rows sort by
 * their parts, and a tenant's rows lie together.
 */
final class RowKey {
    private static final int END = 0x00;
    /** Follows a zero that is part of the text: above the end of any part, so that order is kept. */
    private static final int ZERO_IN_TEXT = 0xFF;

    private RowKey() {}

    static byte[] of(String... parts) {
        ByteArrayOutputStream key = new ByteArrayOutputStream(64);
        for (String part : parts) {
            append(part, key);
        }
        return key.toByteArray();
    }

    private static void append(String part, ByteArrayOutputStream key) {
        for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
            key.write(b);
            if (b == END) {
                key.write(ZERO_IN_TEXT);
            }
        }
        key.write(END);
    }

    /** The parts that {@link #of(String...)} made a key of. */
    static List<String> parts(byte[] key) {
        List<String> parts = new ArrayList<>();
        ByteArrayOutputStream part = new ByteArrayOutputStream(64);
        for (int at = 0; at < key.length; at++) {
            boolean isZeroInText = key[at] == END && at + 1 < key.length && (key[at + 1] & 0xFF) == ZERO_IN_TEXT;
            if (key[at] != END || isZeroInText) {
                part.write(key[at]);
                at += isZeroInText ? 1 : 0;
            } else {
                parts.add(part.toString(StandardCharsets.UTF_8));
                part.reset();
            }
        }
        return parts;
    }

    /** A positive number, in the order of numbers. */
    static byte[] of(long sequence) {
        return ByteBuffer.allocate(Long.BYTES).putLong(sequence).array();
    }

    /** The first number whose key is not before {@code key}, which may be longer than one. */
    static long sequenceFrom(byte[] key) {
        if (key.length < Long.BYTES) {
            return 0;
        }
        return ByteBuffer.wrap(key).getLong() + (key.length > Long.BYTES ? 1 : 0);
    }

    /** The id's bytes as they are: they start with the day of expiry. */
    static byte[] of(String tenant, GrantId id) {
        return join(of(tenant), id.value());
    }

    /** As that of a grant. */
    static byte[] of(String tenant, SessionId id) {
        return join(of(tenant), id.value());
    }

    /** The bytes behind the prefix, as they are. */
    static byte[] join(byte[] prefix, Bytes end) {
        byte[] key = Arrays.copyOf(prefix, prefix.length + end.length());
        end.copyTo(key, prefix.length);
        return key;
    }

    /** The day of expiry in a key that ends with an id of that length. */
    static int expiryDay(byte[] key, int idLength) {
        int at = key.length - idLength;
        return ((key[at] & 0xFF) << 8) | (key[at + 1] & 0xFF);
    }

    /** A key behind every row of the tenant that this one, which ends with an id of that length, belongs to. */
    static byte[] behindTenantOf(byte[] key, int idLength) {
        byte[] behind = Arrays.copyOf(key, key.length - idLength);
        behind[behind.length - 1] = END + 1;
        return behind;
    }

    static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }
}
