package io.gatehouse.store.pg;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.BuiltInClients;
import io.gatehouse.common.model.JwtApp;
import io.gatehouse.store.Declarations;
import io.gatehouse.store.DirectoryStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

final class PgJwtApps implements DirectoryStore.JwtApps {
    private static final String FIND = "SELECT version, record FROM jwt_apps WHERE tenant = $1 AND name = $2";
    private static final String PUT = "SELECT put_jwt_app_1($1, $2, $3, $4, $5) AS outcome";

    private final Statements statements;

    PgJwtApps(Statements statements) {
        this.statements = statements;
    }

    @Override
    public Future<@Nullable JwtApp> find(String tenant, String name) {
        return statements.first(FIND, Tuple.of(ColumnText.key(tenant), ColumnText.key(name)), PgJwtApps::read);
    }

    static JwtApp read(Row row) {
        return Cells.record(row, "record", JwtApp.class).withVersion(Cells.number(row, "version"));
    }

    @Override
    public Future<Boolean> declare(JwtApp app) {
        return Retries.untilUndisturbed(
                "jwt_app",
                () -> find(app.tenant(), app.name()).compose(existing -> {
                    JwtApp next = Declarations.jwtApp(existing, app);
                    return next.equals(existing) ? Future.succeededFuture(false) : put(existing, next);
                }));
    }

    private Future<@Nullable Boolean> put(@Nullable JwtApp existing, JwtApp next) {
        if (next.audiences().stream().anyMatch(audience -> BuiltInClients.find(next.tenant(), audience) != null)) {
            return Future.failedFuture(new OAuthError.Conflict("audience").failure());
        }
        Tuple arguments = Tuple.of(
                ColumnText.key(next.tenant()),
                ColumnText.key(next.name()),
                existing == null ? 0 : existing.version(),
                audiences(next),
                Cells.of(next));
        return statements.first(PUT, arguments, row -> switch (Cells.text(row, "outcome")) {
            case "WRITTEN" -> true;
            case "STALE" -> null;
            case "NO_TENANT" -> throw new OAuthError.NotFound("tenant").failure();
            default -> throw new OAuthError.Conflict("audience").failure();
        });
    }

    static String[] audiences(JwtApp app) {
        return app.audiences().stream().map(ColumnText::key).toArray(String[]::new);
    }
}
