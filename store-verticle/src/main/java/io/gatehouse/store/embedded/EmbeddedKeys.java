package io.gatehouse.store.embedded;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Keys.Save;
import io.gatehouse.common.model.SealedKeySet;
import io.gatehouse.store.Store;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

final class EmbeddedKeys implements Store.Keys {
    private final Writer writer;

    EmbeddedKeys(Writer writer) {
        this.writer = writer;
    }

    @Override
    public Future<@Nullable SealedKeySet> load(String tenant) {
        return writer.submit(tables -> tables.keySets.get(RowKey.of(tenant)));
    }

    @Override
    public Future<Long> save(Save request) {
        return writer.submit(tables -> save(tables, request));
    }

    private static long save(Tables tables, Save request) {
        byte[] key = RowKey.of(request.keySet().tenant());
        if (!tables.tenants.has(key)) {
            throw new OAuthError.NotFound("tenant").failure();
        }
        SealedKeySet existing = tables.keySets.get(key);
        long version = existing == null ? 0 : existing.version();
        if (version != request.expectedVersion()) {
            throw new OAuthError.Conflict("keys").failure();
        }
        put(tables, request.keySet().at(version + 1));
        return version + 1;
    }

    static void put(Tables tables, SealedKeySet keySet) {
        tables.keySets.put(RowKey.of(keySet.tenant()), keySet);
    }
}
