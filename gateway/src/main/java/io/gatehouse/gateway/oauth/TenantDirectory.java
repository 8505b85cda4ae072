package io.gatehouse.gateway.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Tenants;
import io.gatehouse.common.model.Tenant;
import io.vertx.core.Future;
import java.time.Duration;

/** Which tenants there are, as far as this process was asked for them. */
public final class TenantDirectory {
    private final Cache<String, Tenant> known = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(30))
            .build();

    /** Fails with {@code NotFound} where there is none of that id. */
    public Future<Tenant> find(Bus bus, String id) {
        Tenant cached = known.getIfPresent(id);
        return cached == null ? load(bus, id) : Future.succeededFuture(cached);
    }

    void forget(String id) {
        known.invalidate(id);
    }

    private Future<Tenant> load(Bus bus, String id) {
        return bus.ask(new Tenants.Find(id)).map(found -> {
            if (found.tenant() == null) {
                throw new OAuthError.NotFound("tenant").failure();
            }
            known.put(id, found.tenant());
            return found.tenant();
        });
    }
}
