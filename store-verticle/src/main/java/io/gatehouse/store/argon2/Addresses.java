package io.gatehouse.store.argon2;

import io.gatehouse.store.argon2.Cost.Variant;

/** Where to look in a segment whose places must not depend on the password (RFC 9106, section 3.4.1.2). For one thread. */
final class Addresses {
    private static final int COUNTER = 6;
    /** Three blocks: the input, its compression, and zeros. */
    private static final int INPUT = 0;

    private static final int OUTPUT = Block.WORDS;
    private static final int ZEROS = 2 * Block.WORDS;

    private final Cost cost;
    private final Block block = new Block();
    private final long[] blocks = new long[3 * Block.WORDS];

    Addresses(Cost cost) {
        this.cost = cost;
    }

    /** @return whether this segment's places come from here */
    boolean startSegment(int pass, int slice, int lane) {
        boolean independent =
                cost.variant() == Variant.I || (cost.variant() == Variant.ID && pass == 0 && slice < Cost.SLICES / 2);
        if (independent) {
            blocks[INPUT] = pass;
            blocks[INPUT + 1] = lane;
            blocks[INPUT + 2] = slice;
            blocks[INPUT + 3] = (long) cost.laneLength() * cost.lanes();
            blocks[INPUT + 4] = cost.passes();
            blocks[INPUT + 5] = cost.variant().number;
            blocks[INPUT + COUNTER] = 0;
        }
        return independent;
    }

    /** Of the segment's blocks, in their order. */
    long at(int index) {
        // The first segment of all begins at its third block.
        if (index % Block.WORDS == 0 || blocks[INPUT + COUNTER] == 0) {
            blocks[INPUT + COUNTER]++;
            block.compress(blocks, ZEROS, INPUT, OUTPUT, false);
            block.compress(blocks, ZEROS, OUTPUT, OUTPUT, false);
        }
        return blocks[OUTPUT + index % Block.WORDS];
    }
}
