package io.gatehouse.store.argon2;

/**
 * Which Argon2, and how dear (RFC 9106, section 3.1).
 *
 * @param version 0x13, or 0x10 of hashes from before the RFC
 * @param kibibytes of memory
 */
public record Cost(Variant variant, int version, int kibibytes, int passes, int lanes) {
    /** Where the places to look at come from: the password, not so, or both in turn. */
    public enum Variant {
        D(0),
        I(1),
        ID(2);

        /** Its number in the RFC. */
        final int number;

        Variant(int number) {
            this.number = number;
        }
    }

    public static final int CURRENT_VERSION = 0x13;
    static final int FIRST_VERSION = 0x10;
    /** Each pass over a lane has four parts. */
    static final int SLICES = 4;

    private static final int MOST_LANES = 64;
    private static final int MOST_PASSES = 64;

    /** @throws IllegalArgumentException beyond what anybody uses: who can write a hash must not stop a thread by it */
    public Cost {
        boolean fits = (version == CURRENT_VERSION || version == FIRST_VERSION)
                && passes >= 1
                && passes <= MOST_PASSES
                && lanes >= 1
                && lanes <= MOST_LANES
                && kibibytes >= 2 * SLICES * lanes
                && kibibytes <= Integer.MAX_VALUE / Block.WORDS;
        if (!fits) {
            throw new IllegalArgumentException("these parameters of Argon2 are not supported");
        }
    }

    int segmentLength() {
        return kibibytes / (SLICES * lanes);
    }

    int laneLength() {
        return SLICES * segmentLength();
    }

    /** The memory in words. */
    public int words() {
        return laneLength() * lanes * Block.WORDS;
    }
}
