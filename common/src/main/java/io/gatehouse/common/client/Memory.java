package io.gatehouse.common.client;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What was lately seen, bounded: once the young half is full it becomes the old one, and the old one is forgotten. */
final class Memory<V> {
    private final int half;
    private volatile Map<String, V> young = new ConcurrentHashMap<>();
    private volatile Map<String, V> old = Map.of();

    /** @param most entries */
    Memory(int most) {
        this.half = most / 2;
    }

    @Nullable
    V find(String key) {
        V found = young.get(key);
        if (found != null) {
            return found;
        }
        V before = old.get(key);
        if (before != null) {
            put(key, before);
        }
        return before;
    }

    void put(String key, V value) {
        if (young.size() >= half) {
            turn();
        }
        young.put(key, value);
    }

    private synchronized void turn() {
        if (young.size() >= half) {
            old = young;
            young = new ConcurrentHashMap<>();
        }
    }

    synchronized void clear() {
        young = new ConcurrentHashMap<>();
        old = Map.of();
    }
}
