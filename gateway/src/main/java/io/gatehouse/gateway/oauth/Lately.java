package io.gatehouse.gateway.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.common.verify.RevocationList;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What this process has lately asked the store for. The short life of an entry makes up for a lost event, and nothing
 * here counts while revocations may be missed. That there is none of something is not remembered.
 */
final class Lately<K, V> {
    private final Cache<K, V> known = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(30))
            .executor(Runnable::run)
            .build();
    private final RevocationList revocations;

    Lately(RevocationList revocations) {
        this.revocations = revocations;
    }

    /** @param load asks the store; null where there is none */
    Future<@Nullable V> find(K key, Function<K, Future<@Nullable V>> load) {
        V cached = revocations.isFresh() ? known.getIfPresent(key) : null;
        return cached == null ? load.apply(key).onSuccess(found -> keep(key, found)) : Future.succeededFuture(cached);
    }

    void forget(K key) {
        known.invalidate(key);
    }

    private void keep(K key, @Nullable V found) {
        if (found != null) {
            known.put(key, found);
        }
    }
}
