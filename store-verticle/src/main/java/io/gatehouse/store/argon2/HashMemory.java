package io.gatehouse.store.argon2;

import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.function.Function;

/**
 * The memory that each hashing thread fills, one hash after the other. The next one finds it again, unless the heap became
 * short meanwhile.
 */
public final class HashMemory {
    private final int keptWords;
    private final long mostBytes;
    private final ThreadLocal<SoftReference<long[]>> kept =
            ThreadLocal.withInitial(() -> new SoftReference<>(new long[0]));

    /**
     * @param keptWords more is given back at once
     * @param mostBytes more is not given, since a process that has none left ends
     */
    public HashMemory(int keptWords, long mostBytes) {
        this.keptWords = keptWords;
        this.mostBytes = mostBytes;
    }

    /**
     * Lends so many words, with anything in them, and wipes them afterwards.
     *
     * @throws IllegalArgumentException where that is too much
     */
    public <T> T with(int words, Function<long[], T> work) {
        long[] memory = take(words);
        try {
            return work.apply(memory);
        } finally {
            Arrays.fill(memory, 0, words, 0);
        }
    }

    private long[] take(int words) {
        long[] known = kept.get().get();
        if (known != null && known.length >= words) {
            return known;
        }
        if ((long) words * Long.BYTES > mostBytes) {
            throw new IllegalArgumentException("the hash takes more memory than this process may give");
        }
        long[] fresh = new long[words];
        if (words <= keptWords) {
            kept.set(new SoftReference<>(fresh));
        }
        return fresh;
    }
}
