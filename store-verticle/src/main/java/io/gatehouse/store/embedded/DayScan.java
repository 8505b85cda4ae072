package io.gatehouse.store.embedded;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks through a map of rows whose ids begin with their day of expiry, a slice at a time, and removes the days that are
 * over: behind a tenant's first unexpired day there is nothing to do.
 */
final class DayScan {
    private static final byte[] START = {};

    private final int idLength;
    private byte[] position = START;

    /** @param idLength of the ids at the end of keys */
    DayScan(int idLength) {
        this.idLength = idLength;
    }

    /** Gives the first key that is not before another one; null: there is none. */
    interface Ceiling {
        byte @Nullable [] of(byte[] key);
    }

    /** @return whether the walk is over */
    boolean slice(int size, long today, Ceiling ceiling, Consumer<byte[]> remove) {
        for (int step = 0; step < size; step++) {
            byte[] key = ceiling.of(position);
            if (key == null) {
                position = START;
                return true;
            }
            if (RowKey.expiryDay(key, idLength) < today) {
                remove.accept(key);
                position = key;
            } else {
                position = RowKey.behindTenantOf(key, idLength);
            }
        }
        return false;
    }
}
