package io.gatehouse.store.argon2;

/** Argon2's compression of two blocks of 1 KiB into one (RFC 9106, sections 3.5 and 3.6). For one thread. */
final class Block {
    static final int WORDS = 128;
    private static final long LOW = 0xffffffffL;

    private final long[] mixed = new long[WORDS];

    /**
     * Compresses the blocks at two places into a third, which may be one of them.
     *
     * @param keep whether what was there is mixed in
     */
    void compress(long[] memory, int left, int right, int target, boolean keep) {
        for (int i = 0; i < WORDS; i++) {
            mixed[i] = memory[left + i] ^ memory[right + i];
        }
        for (int i = 0; i < WORDS; i++) {
            long both = mixed[i];
            memory[target + i] = keep ? memory[target + i] ^ both : both;
        }
        for (int row = 0; row < 8; row++) {
            permute(mixed, 16 * row, 2);
        }
        for (int column = 0; column < 8; column++) {
            permute(mixed, 2 * column, 16);
        }
        for (int i = 0; i < WORDS; i++) {
            memory[target + i] ^= mixed[i];
        }
    }

    /** Eight pairs of words, {@code step} apart. */
    private static void permute(long[] v, int first, int step) {
        int second = first + step;
        int third = second + step;
        int fourth = third + step;
        int half = 4 * step;
        mix(v, first, third, first + half, third + half);
        mix(v, first + 1, third + 1, first + half + 1, third + half + 1);
        mix(v, second, fourth, second + half, fourth + half);
        mix(v, second + 1, fourth + 1, second + half + 1, fourth + half + 1);
        mix(v, first, third + 1, second + half, fourth + half + 1);
        mix(v, first + 1, fourth, second + half + 1, third + half);
        mix(v, second, fourth + 1, first + half, third + half + 1);
        mix(v, second + 1, third, first + half + 1, fourth + half);
    }

    private static void mix(long[] v, int i, int j, int k, int l) {
        long a = v[i];
        long b = v[j];
        long c = v[k];
        long d = v[l];
        a += b + 2 * (a & LOW) * (b & LOW);
        d = Long.rotateRight(d ^ a, 32);
        c += d + 2 * (c & LOW) * (d & LOW);
        b = Long.rotateRight(b ^ c, 24);
        a += b + 2 * (a & LOW) * (b & LOW);
        d = Long.rotateRight(d ^ a, 16);
        c += d + 2 * (c & LOW) * (d & LOW);
        b = Long.rotateRight(b ^ c, 63);
        v[i] = a;
        v[j] = b;
        v[k] = c;
        v[l] = d;
    }
}
