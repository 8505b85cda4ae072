package io.gatehouse.common.bus.seal;

import org.jspecify.annotations.Nullable;

/** Tells what comes twice by its number, which each message of one sender has for itself. Safe to share between threads. */
final class Window {
    /** About how far behind the latest one a number may come: at 10,000 a second, what was on its way for six seconds. */
    static final int WIDTH = 65_536;

    private static final int WORD = Long.SIZE;
    private static final int WORDS = WIDTH / WORD;

    /** Null until the first: most others never ask this process anything. */
    private long @Nullable [] taken;

    private long latest;

    /** Whether it comes for the first time; what is too old to tell does not. */
    synchronized boolean take(long number) {
        if (number <= 0 || number / WORD <= latest / WORD - WORDS) {
            return false;
        }
        if (taken == null) {
            taken = new long[WORDS];
        }
        long[] bits = taken;
        forgetUpTo(number, bits);
        int word = word(number);
        long bit = 1L << (number % WORD);
        boolean first = (bits[word] & bit) == 0;
        bits[word] |= bit;
        return first;
    }

    private void forgetUpTo(long number, long[] bits) {
        // Whole words ahead: those numbers are too old by then, or have not come yet.
        long words = Math.min(number / WORD - latest / WORD, WORDS);
        for (long i = 0; i < words; i++) {
            bits[word(number - i * WORD)] = 0;
        }
        latest = Math.max(latest, number);
    }

    private static int word(long number) {
        return (int) (number / WORD % WORDS);
    }
}
