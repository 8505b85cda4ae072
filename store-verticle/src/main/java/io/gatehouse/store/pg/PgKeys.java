package io.gatehouse.store.pg;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Keys.Save;
import io.gatehouse.common.model.SealedKeySet;
import io.gatehouse.store.Store;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

final class PgKeys implements Store.Keys {
    private static final String LOAD = "SELECT version, record FROM key_sets WHERE tenant = $1";
    private static final String SAVE = "SELECT there, version FROM save_keys_1($1, $2, $3)";

    private final Statements statements;

    PgKeys(Statements statements) {
        this.statements = statements;
    }

    @Override
    public Future<@Nullable SealedKeySet> load(String tenant) {
        return statements.first(LOAD, Tuple.of(ColumnText.key(tenant)), PgKeys::read);
    }

    static SealedKeySet read(Row row) {
        return Cells.record(row, "record", SealedKeySet.class).at(Cells.number(row, "version"));
    }

    @Override
    public Future<Long> save(Save request) {
        Tuple arguments = Tuple.of(
                ColumnText.key(request.keySet().tenant()), request.expectedVersion(), Cells.of(request.keySet()));
        return statements.one(SAVE, arguments, PgKeys::version);
    }

    private static long version(Row row) {
        if (!Cells.flag(row, "there")) {
            throw new OAuthError.NotFound("tenant").failure();
        }
        if (row.getLong("version") == null) {
            throw new OAuthError.Conflict("keys").failure();
        }
        return Cells.number(row, "version");
    }
}
