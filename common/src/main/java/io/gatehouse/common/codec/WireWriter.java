package io.gatehouse.common.codec;

import io.gatehouse.common.crypto.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte array with the three primitives everything else is made of: varint, bytes, text. */
final class WireWriter {
    private byte[] buffer = new byte[256];
    private int length;

    void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        put((byte) rest);
    }

    /** Small numbers of either sign in few bytes. */
    void zigzag(long value) {
        varint((value << 1) ^ (value >> 63));
    }

    void put(byte value) {
        reserve(1);
        buffer[length++] = value;
    }

    /** Behind its length. */
    void bytes(Bytes value) {
        varint(value.length());
        reserve(value.length());
        value.copyTo(buffer, length);
        length += value.length();
    }

    /** UTF-8 behind its length. */
    void text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        varint(utf8.length);
        append(utf8, utf8.length);
    }

    /** Starts a present value, which goes behind its length plus one; zero stands for an absent one. */
    int begin() {
        put((byte) 0);
        return length;
    }

    /** Ends the value that began at {@code start}. */
    void end(int start) {
        int size = length - start;
        int lengthBytes = (38 - Integer.numberOfLeadingZeros(size + 1)) / 7;
        if (lengthBytes > 1) {
            reserve(lengthBytes - 1);
            System.arraycopy(buffer, start, buffer, start + lengthBytes - 1, size);
        }
        length = start - 1;
        varint(size + 1L);
        length += size;
    }

    void absent() {
        varint(0);
    }

    Bytes toBytes() {
        return Bytes.owned(Arrays.copyOf(buffer, length));
    }

    private void append(byte[] source, int count) {
        reserve(count);
        System.arraycopy(source, 0, buffer, length, count);
        length += count;
    }

    private void reserve(int count) {
        int needed = Math.addExact(length, count);
        if (needed > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(needed, buffer.length * 2));
        }
    }
}
