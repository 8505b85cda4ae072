package io.gatehouse.token;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Lets everybody who wants the same thing at the same time wait for one attempt. For one event loop. */
final class SingleFlight<K, T> {
    private final Map<K, Future<T>> running = new HashMap<>();

    Future<T> run(K key, Supplier<Future<T>> attempt) {
        Future<T> other = running.get(key);
        if (other != null) {
            return other;
        }
        Future<T> started = attempt.get();
        running.put(key, started);
        return started.onComplete(done -> running.remove(key, started));
    }
}
