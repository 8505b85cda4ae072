package io.gatehouse.store.argon2;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** BLAKE2b without a key (RFC 7693), and the hash of any length that Argon2 makes of it (RFC 9106, section 3.3). */
final class Blake2b {
    static final int LONGEST = 64;
    private static final int BLOCK_BYTES = 128;
    private static final int ROUNDS = 12;
    private static final long[] IV = {
        0x6a09e667f3bcc908L, 0xbb67ae8584caa73bL, 0x3c6ef372fe94f82bL, 0xa54ff53a5f1d36f1L,
        0x510e527fade682d1L, 0x9b05688c2b3e6c1fL, 0x1f83d9abfb41bd6bL, 0x5be0cd19137e2179L
    };
    /** Which word of the block comes where, by round; the eleventh round is like the first. */
    private static final byte[][] SIGMA = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
        {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
        {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
        {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
        {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
        {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
        {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
        {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
        {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
        {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0}
    };

    private Blake2b() {}

    /** @param length of the hash in bytes, 1 to {@link #LONGEST} */
    static byte[] hash(byte[] input, int length) {
        long[] state = IV.clone();
        state[0] ^= 0x01010000L ^ length;
        int blocks = Math.max(1, Math.ceilDiv(input.length, BLOCK_BYTES));
        ByteBuffer padded = littleEndian(Arrays.copyOf(input, blocks * BLOCK_BYTES));
        for (int i = 1; i <= blocks; i++) {
            long counted = Math.min(input.length, (long) i * BLOCK_BYTES);
            compress(state, words(padded), counted, i == blocks);
        }
        byte[] hash = new byte[LONGEST];
        littleEndian(hash).asLongBuffer().put(state);
        return Arrays.copyOf(hash, length);
    }

    /** @param length of the hash in bytes, any */
    static byte[] hashOfAnyLength(byte[] input, int length) {
        byte[] first = new byte[Integer.BYTES + input.length];
        littleEndian(first).putInt(length).put(input);
        if (length <= LONGEST) {
            return hash(first, length);
        }
        byte[] joined = new byte[length];
        ByteBuffer room = ByteBuffer.wrap(joined);
        byte[] link = hash(first, LONGEST);
        while (room.remaining() > LONGEST) {
            room.put(link, 0, LONGEST / 2);
            link = hash(link, Math.min(LONGEST, room.remaining()));
        }
        room.put(link);
        return joined;
    }

    static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static long[] words(ByteBuffer padded) {
        long[] words = new long[BLOCK_BYTES / Long.BYTES];
        for (int i = 0; i < words.length; i++) {
            words[i] = padded.getLong();
        }
        return words;
    }

    private static void compress(long[] state, long[] words, long counted, boolean last) {
        long[] v = Arrays.copyOf(state, 16);
        System.arraycopy(IV, 0, v, 8, 8);
        v[12] ^= counted;
        v[14] = last ? ~v[14] : v[14];
        for (int round = 0; round < ROUNDS; round++) {
            byte[] order = SIGMA[round % SIGMA.length];
            for (int i = 0; i < 4; i++) {
                mix(v, i, 4 + i, 8 + i, 12 + i, words[order[2 * i]], words[order[2 * i + 1]]);
            }
            for (int i = 0; i < 4; i++) {
                long x = words[order[8 + 2 * i]];
                mix(v, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4, x, words[order[9 + 2 * i]]);
            }
        }
        for (int i = 0; i < state.length; i++) {
            state[i] ^= v[i] ^ v[i + 8];
        }
    }

    private static void mix(long[] v, int a, int b, int c, int d, long x, long y) {
        v[a] += v[b] + x;
        v[d] = Long.rotateRight(v[d] ^ v[a], 32);
        v[c] += v[d];
        v[b] = Long.rotateRight(v[b] ^ v[c], 24);
        v[a] += v[b] + y;
        v[d] = Long.rotateRight(v[d] ^ v[a], 16);
        v[c] += v[d];
        v[b] = Long.rotateRight(v[b] ^ v[c], 63);
    }
}
