package io.gatehouse.gateway.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Tenants;
import io.gatehouse.common.model.Tenant;
import io.vertx.core.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Which tenants there are, as far as this process was asked for them. */
public final class TenantDirectory {
    private final Cache<String, Tenant> known = remembering(Duration.ofSeconds(30));
    /** From a public id to a tenant's: believed only where the tenant itself agrees. */
    private final Cache<String, String> ids = remembering(Duration.ofSeconds(30));

    private final Cache<String, Boolean> unknown = remembering(Duration.ofSeconds(5));

    /** Fails with {@code NotFound} where there is none of that id. */
    public Future<Tenant> find(Bus bus, String id) {
        Tenant cached = known.getIfPresent(id);
        return cached == null ? load(bus, id) : Future.succeededFuture(cached);
    }

    /** Null where no tenant has that public id. */
    public Future<@Nullable Tenant> byApikey(Bus bus, String publicId) {
        if (unknown.getIfPresent(publicId) != null) {
            return Future.succeededFuture(null);
        }
        String id = ids.getIfPresent(publicId);
        Tenant cached = id == null ? null : known.getIfPresent(id);
        return cached != null && has(cached, publicId) ? Future.succeededFuture(cached) : loadByApikey(bus, publicId);
    }

    void forget(String id) {
        known.invalidate(id);
        // Its public id may be one that nobody had.
        unknown.invalidateAll();
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

    private Future<@Nullable Tenant> loadByApikey(Bus bus, String publicId) {
        return bus.ask(new Tenants.FindByApikey(publicId)).map(found -> {
            Tenant tenant = found.tenant();
            if (tenant == null) {
                unknown.put(publicId, true);
                return null;
            }
            known.put(tenant.id(), tenant);
            ids.put(publicId, tenant.id());
            return tenant;
        });
    }

    private static boolean has(Tenant tenant, String publicId) {
        return publicId.equals(tenant.apikey());
    }

    private static <V> Cache<String, V> remembering(Duration life) {
        return Caffeine.newBuilder()
                .maximumSize(10_000)
                .expireAfterWrite(life)
                .executor(Runnable::run)
                .build();
    }
}
