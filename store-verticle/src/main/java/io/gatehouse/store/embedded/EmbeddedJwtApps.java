package io.gatehouse.store.embedded;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.JwtApp;
import io.gatehouse.store.Declarations;
import io.gatehouse.store.DirectoryStore;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

final class EmbeddedJwtApps implements DirectoryStore.JwtApps {
    private final Writer writer;

    EmbeddedJwtApps(Writer writer) {
        this.writer = writer;
    }

    @Override
    public Future<@Nullable JwtApp> find(String tenant, String name) {
        return writer.submit(tables -> tables.jwtApps.get(RowKey.of(tenant, name)));
    }

    @Override
    public Future<Boolean> declare(JwtApp app) {
        return writer.submit(tables -> declare(tables, app));
    }

    private static boolean declare(Tables tables, JwtApp declared) {
        if (!tables.tenants.has(RowKey.of(declared.tenant()))) {
            throw new OAuthError.NotFound("tenant").failure();
        }
        byte[] key = RowKey.of(declared.tenant(), declared.name());
        JwtApp existing = tables.jwtApps.get(key);
        JwtApp next = Declarations.jwtApp(existing, declared);
        if (next.equals(existing)) {
            return false;
        }
        checkAudiences(tables, next);
        put(tables, next);
        return true;
    }

    static void put(Tables tables, JwtApp app) {
        tables.jwtApps.put(RowKey.of(app.tenant(), app.name()), app);
    }

    /** What a client takes for its own id token must not be made by whoever knows the key of an app. */
    private static void checkAudiences(Tables tables, JwtApp app) {
        for (String audience : app.audiences()) {
            if (tables.client(app.tenant(), audience) != null) {
                throw new OAuthError.Conflict("audience").failure();
            }
        }
    }
}
