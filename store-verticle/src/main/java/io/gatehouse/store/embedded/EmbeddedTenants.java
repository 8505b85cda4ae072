package io.gatehouse.store.embedded;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.store.Declarations;
import io.gatehouse.store.DirectoryStore;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

final class EmbeddedTenants implements DirectoryStore.Tenants {
    private final Writer writer;

    EmbeddedTenants(Writer writer) {
        this.writer = writer;
    }

    @Override
    public Future<@Nullable Tenant> find(String tenant) {
        return writer.submit(tables -> tables.tenants.get(RowKey.of(tenant)));
    }

    @Override
    public Future<@Nullable Tenant> byApikey(String apikey) {
        return writer.submit(tables -> byApikey(tables, apikey));
    }

    private static @Nullable Tenant byApikey(Tables tables, String apikey) {
        String tenant = tables.apikeys.get(apikey);
        return tenant == null ? null : tables.tenants.get(RowKey.of(tenant));
    }

    @Override
    public Future<Boolean> declare(Tenant tenant) {
        return writer.submit(tables -> declare(tables, tenant));
    }

    private static boolean declare(Tables tables, Tenant declared) {
        byte[] key = RowKey.of(declared.id());
        Tenant existing = tables.tenants.get(key);
        Tenant next = Declarations.tenant(existing, declared);
        if (next.equals(existing)) {
            return false;
        }
        if (next.apikey() != null) {
            String owner = tables.apikeys.get(next.apikey());
            if (owner != null && !owner.equals(next.id())) {
                throw new OAuthError.Conflict("apikey").failure();
            }
        }
        if (existing != null && existing.apikey() != null) {
            tables.apikeys.remove(existing.apikey());
        }
        put(tables, next);
        return true;
    }

    static void put(Tables tables, Tenant tenant) {
        if (tenant.apikey() != null) {
            tables.apikeys.put(tenant.apikey(), tenant.id());
        }
        tables.tenants.put(RowKey.of(tenant.id()), tenant);
    }
}
