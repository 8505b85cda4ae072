package io.gatehouse.store.embedded;

import java.util.function.BiPredicate;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/** A sorted map of the file whose writes can be taken back until they are committed. For the writer thread only. */
final class Table<K, V> {
    private final MVMap<K, V> map;
    private final UndoLog undo;

    Table(MVMap<K, V> map, UndoLog undo) {
        this.map = map;
        this.undo = undo;
    }

    @Nullable
    V get(K key) {
        return map.get(key);
    }

    boolean has(K key) {
        return map.containsKey(key);
    }

    void put(K key, V value) {
        V before = map.put(key, value);
        undo.add(() -> restore(key, before));
    }

    void remove(K key) {
        V before = map.remove(key);
        if (before != null) {
            undo.add(() -> restore(key, before));
        }
    }

    private void restore(K key, @Nullable V before) {
        if (before == null) {
            map.remove(key);
        } else {
            map.put(key, before);
        }
    }

    /** The first key that is not before the given one. */
    @Nullable
    K ceiling(K key) {
        return map.ceilingKey(key);
    }

    /**
     * Shows entries in order, as they were when it began, until the visitor says no; it may write meanwhile.
     *
     * @param from the key to start at, or the first one behind it
     */
    void scan(K from, BiPredicate<K, V> visitor) {
        Cursor<K, V> cursor = map.cursor(from);
        while (cursor.hasNext()) {
            K key = cursor.next();
            if (!visitor.test(key, cursor.getValue())) {
                return;
            }
        }
    }

    long size() {
        return map.sizeAsLong();
    }
}
