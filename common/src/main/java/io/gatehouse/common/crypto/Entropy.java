package io.gatehouse.common.crypto;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Random bytes for secrets and identifiers. One generator per thread, since a shared one locks; a few values are drawn
 * ahead, since a call of the generator costs more than the bytes.
 */
public final class Entropy {
    private static final int AHEAD_BYTES = 256;
    private static final ThreadLocal<Entropy> OF_THREAD = ThreadLocal.withInitial(Entropy::new);

    private final SecureRandom random = new SecureRandom();
    private final byte[] ahead = new byte[AHEAD_BYTES];
    private int next = AHEAD_BYTES;

    private Entropy() {}

    public static Bytes bytes(int count) {
        return Bytes.owned(OF_THREAD.get().draw(count));
    }

    private byte[] draw(int count) {
        if (count > AHEAD_BYTES) {
            byte[] many = new byte[count];
            random.nextBytes(many);
            return many;
        }
        if (count > AHEAD_BYTES - next) {
            random.nextBytes(ahead);
            next = 0;
        }
        byte[] drawn = Arrays.copyOfRange(ahead, next, next + count);
        // What was handed out must not be found here.
        Arrays.fill(ahead, next, next + count, (byte) 0);
        next += count;
        return drawn;
    }
}
