package io.gatehouse.store.argon2;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** One computation of Argon2 (RFC 9106, section 3.2), lane by lane on the caller's thread. */
public final class Argon2 {
    private static final int BLOCK_BYTES = Block.WORDS * Long.BYTES;
    private static final int SEED_BYTES = Blake2b.LONGEST;

    private final Cost cost;
    private final long[] memory;
    private final Block block = new Block();
    private final Addresses addresses;

    private Argon2(Cost cost, long[] memory) {
        this.cost = cost;
        this.memory = memory;
        this.addresses = new Addresses(cost);
    }

    /**
     * The hash.
     *
     * @param memory at least {@link Cost#words}, whatever is in it; afterwards it still says something of the password
     * @param length of the hash in bytes
     */
    public static byte[] hash(Cost cost, long[] memory, byte[] password, byte[] salt, int length) {
        Argon2 argon2 = new Argon2(cost, memory);
        argon2.begin(seed(cost, password, salt, length));
        for (int pass = 0; pass < cost.passes(); pass++) {
            for (int slice = 0; slice < Cost.SLICES; slice++) {
                for (int lane = 0; lane < cost.lanes(); lane++) {
                    argon2.fill(pass, slice, lane);
                }
            }
        }
        return argon2.end(length);
    }

    private static byte[] seed(Cost cost, byte[] password, byte[] salt, int length) {
        byte[] input = new byte[10 * Integer.BYTES + password.length + salt.length];
        // Neither a secret nor associated data: two lengths of zero are left at the end.
        Blake2b.littleEndian(input)
                .putInt(cost.lanes())
                .putInt(length)
                .putInt(cost.kibibytes())
                .putInt(cost.passes())
                .putInt(cost.version())
                .putInt(cost.variant().number)
                .putInt(password.length)
                .put(password)
                .putInt(salt.length)
                .put(salt);
        return Blake2b.hash(input, SEED_BYTES);
    }

    private void begin(byte[] seed) {
        byte[] input = Arrays.copyOf(seed, SEED_BYTES + 2 * Integer.BYTES);
        ByteBuffer place = Blake2b.littleEndian(input);
        for (int lane = 0; lane < cost.lanes(); lane++) {
            for (int column = 0; column < 2; column++) {
                place.putInt(SEED_BYTES, column).putInt(SEED_BYTES + Integer.BYTES, lane);
                Blake2b.littleEndian(Blake2b.hashOfAnyLength(input, BLOCK_BYTES))
                        .asLongBuffer()
                        .get(memory, offset(lane, column), Block.WORDS);
            }
        }
    }

    private int offset(int lane, int column) {
        return (lane * cost.laneLength() + column) * Block.WORDS;
    }

    private void fill(int pass, int slice, int lane) {
        boolean keep = pass > 0 && cost.version() != Cost.FIRST_VERSION;
        boolean independent = addresses.startSegment(pass, slice, lane);
        int segment = cost.segmentLength();
        for (int i = pass == 0 && slice == 0 ? 2 : 0; i < segment; i++) {
            int column = slice * segment + i;
            int previous = offset(lane, column == 0 ? cost.laneLength() - 1 : column - 1);
            long random = independent ? addresses.at(i) : memory[previous];
            block.compress(memory, previous, reference(pass, slice, lane, i, random), offset(lane, column), keep);
        }
    }

    /** Where the other block lies (RFC 9106, section 3.4.2). */
    private int reference(int pass, int slice, int lane, int i, long random) {
        int segment = cost.segmentLength();
        int other = pass == 0 && slice == 0 ? lane : (int) ((random >>> 32) % cost.lanes());
        int done = (pass == 0 ? slice : Cost.SLICES - 1) * segment;
        // Of the segment at hand only its own lane is known, and never the block before.
        int area = other == lane ? done + i - 1 : done - (i == 0 ? 1 : 0);
        long low = random & 0xffffffffL;
        int back = (int) ((area * ((low * low) >>> 32)) >>> 32);
        int start = pass == 0 ? 0 : (slice + 1) % Cost.SLICES * segment;
        return offset(other, (start + area - 1 - back) % cost.laneLength());
    }

    private byte[] end(int length) {
        int last = offset(0, cost.laneLength() - 1);
        byte[] joined = new byte[BLOCK_BYTES];
        ByteBuffer words = Blake2b.littleEndian(joined);
        for (int i = 0; i < Block.WORDS; i++) {
            long word = memory[last + i];
            for (int lane = 1; lane < cost.lanes(); lane++) {
                word ^= memory[offset(lane, cost.laneLength() - 1) + i];
            }
            words.putLong(word);
        }
        return Blake2b.hashOfAnyLength(joined, length);
    }
}
