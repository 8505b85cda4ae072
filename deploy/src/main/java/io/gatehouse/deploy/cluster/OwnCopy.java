package io.gatehouse.deploy.cluster;

import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.ext.cluster.infinispan.impl.DataConverter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.infinispan.AdvancedCache;
import org.infinispan.context.Flag;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.multimap.impl.Bucket;
import org.jspecify.annotations.Nullable;

/**
 * What this member itself holds of the cluster's memory. While members come and go, a plain read may ask another member for
 * its copy, and waits long if that one hangs.
 */
final class OwnCopy {
    private final DefaultCacheManager caches;
    /** Of handlers for this process alone, which nobody else needs to know. */
    private final Map<String, Set<RegistrationInfo>> localOnly = new ConcurrentHashMap<>();

    OwnCopy(DefaultCacheManager caches) {
        this.caches = caches;
    }

    void addLocal(String address, RegistrationInfo registration) {
        localOnly.compute(address, (same, known) -> {
            Set<RegistrationInfo> all = known == null ? ConcurrentHashMap.newKeySet() : known;
            all.add(registration);
            return all;
        });
    }

    void removeLocal(String address, RegistrationInfo registration) {
        localOnly.computeIfPresent(address, (same, known) -> {
            known.remove(registration);
            return known.isEmpty() ? null : known;
        });
    }

    /** Empty where it knows of none, which others may. */
    CompletableFuture<List<RegistrationInfo>> registrations(String address) {
        return this.<Bucket<byte[]>>read("__vertx.subs", address).thenApply(bucket -> {
            List<RegistrationInfo> all = new ArrayList<>(localOnly.getOrDefault(address, Set.of()));
            if (bucket != null) {
                for (byte[] one : bucket.toSet()) {
                    all.add(DataConverter.fromCachedObject(one));
                }
            }
            return all;
        });
    }

    CompletableFuture<@Nullable NodeInfo> node(String id) {
        return this.<byte[]>read("__vertx.nodeInfo", id)
                .thenApply(found -> found == null ? null : DataConverter.fromCachedObject(found));
    }

    /** Which it knows somebody to serve. */
    List<String> addresses() {
        return List.copyOf(own("__vertx.subs").keySet());
    }

    private <V> CompletableFuture<@Nullable V> read(String cache, String key) {
        return this.<V>own(cache).getAsync(key);
    }

    private <V> AdvancedCache<String, V> own(String cache) {
        return caches.<String, V>getCache(cache).getAdvancedCache().withFlags(Flag.CACHE_MODE_LOCAL);
    }
}
