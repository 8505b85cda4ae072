package io.gatehouse.gateway.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.message.VerificationKeys;
import io.gatehouse.common.message.VerificationKeys.KeySet;
import io.vertx.core.Future;
import java.time.Duration;

/** The public keys of the tenants this process has lately verified for, as the token role vouches for them. */
public final class KeyDirectory {
    private final Cache<String, KeySet> sets = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(5))
            .executor(Runnable::run)
            .build();
    private final Cache<String, Boolean> lately = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(5))
            .executor(Runnable::run)
            .build();

    public Future<KeySet> find(Bus bus, String tenant) {
        KeySet cached = sets.getIfPresent(tenant);
        return cached == null ? load(bus, tenant) : Future.succeededFuture(cached);
    }

    /** Asks again because a token names a key that is not in the set; a forger can make us do so every few seconds. */
    Future<KeySet> findAgain(Bus bus, String tenant) {
        return lately.getIfPresent(tenant) == null ? load(bus, tenant) : find(bus, tenant);
    }

    void forget(String tenant) {
        sets.invalidate(tenant);
        lately.invalidate(tenant);
    }

    private Future<KeySet> load(Bus bus, String tenant) {
        lately.put(tenant, true);
        return bus.ask(new VerificationKeys.Get(tenant)).onSuccess(set -> sets.put(tenant, set));
    }
}
