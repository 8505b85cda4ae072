package io.gatehouse.store.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Walks through a map of short-lived rows, a slice at a time, and removes those that have expired. */
final class ExpiryScan<V> {
    private static final byte[] START = {};

    private byte[] position = START;

    /**
     * @param scan shows rows from a key on until it is told to stop
     * @param expired whether a row is garbage
     * @return whether the walk is over
     */
    boolean slice(
            int size, BiConsumer<byte[], BiPredicate<byte[], V>> scan, Predicate<V> expired, Consumer<byte[]> remove) {
        List<byte[]> garbage = new ArrayList<>();
        int[] seen = {0};
        scan.accept(position, (key, row) -> {
            if (expired.test(row)) {
                garbage.add(key);
            }
            position = Arrays.copyOf(key, key.length + 1);
            return ++seen[0] < size;
        });
        garbage.forEach(remove);
        boolean over = seen[0] < size;
        position = over ? START : position;
        return over;
    }
}
