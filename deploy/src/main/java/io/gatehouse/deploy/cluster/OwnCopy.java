package io.gatehouse.deploy.cluster;

import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.ext.cluster.infinispan.impl.DataConverter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
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
    /** How Vert.x begins what it writes as its class says. */
    private static final byte NAMES_CLASS = 1;

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

    /** Empty where it knows of none, which others may. Any member may write there: what is none of them takes away none of the others. */
    CompletableFuture<List<RegistrationInfo>> registrations(String address) {
        return read("__vertx.subs", address).thenApply(found -> {
            List<RegistrationInfo> all = new ArrayList<>(localOnly.getOrDefault(address, Set.of()));
            if (found instanceof Bucket<?> bucket) {
                for (Object one : bucket.toSet()) {
                    RegistrationInfo registration = as(RegistrationInfo.class, one);
                    if (registration != null) {
                        all.add(registration);
                    }
                }
            }
            return all;
        });
    }

    /** Fails where somebody wrote what is none. */
    CompletableFuture<@Nullable NodeInfo> node(String id) {
        return read("__vertx.nodeInfo", id).thenApply(found -> {
            NodeInfo place = as(NodeInfo.class, found);
            if (place == null && found != null) {
                throw new IllegalStateException("a member wrote something else where the place of a node stands");
            }
            return place;
        });
    }

    /** Null where it is something else, of which no object is made: Vert.x would, of whatever class is named there. */
    private static <T> @Nullable T as(Class<T> type, @Nullable Object written) {
        byte[] name = type.getName().getBytes(StandardCharsets.UTF_8);
        byte[] begin = ByteBuffer.allocate(1 + Integer.BYTES + name.length)
                .put(NAMES_CLASS)
                .putInt(name.length)
                .put(name)
                .array();
        if (!(written instanceof byte[] bytes) || Arrays.mismatch(begin, bytes) != begin.length) {
            return null;
        }
        try {
            return type.cast(DataConverter.fromCachedObject(bytes));
        } catch (RuntimeException malformed) {
            return null;
        }
    }

    /** Which it knows somebody to serve. */
    List<String> addresses() {
        return List.copyOf(own("__vertx.subs").keySet());
    }

    private CompletableFuture<@Nullable Object> read(String cache, String key) {
        return own(cache).getAsync(key);
    }

    private AdvancedCache<String, Object> own(String cache) {
        return caches.<String, Object>getCache(cache).getAdvancedCache().withFlags(Flag.CACHE_MODE_LOCAL);
    }
}
