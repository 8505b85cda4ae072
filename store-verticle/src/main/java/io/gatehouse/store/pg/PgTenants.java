package io.gatehouse.store.pg;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.LoginName.Kind;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.store.DirectoryStore;
import io.gatehouse.store.LoginKey;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

final class PgTenants implements DirectoryStore.Tenants {
    /** The record has no version, so that one declaration gives one record. */
    private static final String DECLARE = """
            INSERT INTO tenants AS t VALUES ($1, $2, $3, 1, $4)
            ON CONFLICT (tenant) DO UPDATE
            SET apikey = EXCLUDED.apikey, administrator = EXCLUDED.administrator, record = EXCLUDED.record,
                version = t.version + 1
            WHERE t.record <> EXCLUDED.record
            """;

    private static final String FIND = "SELECT version, record FROM tenants WHERE tenant = $1";

    private static final String BY_APIKEY = "SELECT version, record FROM tenants WHERE apikey = $1";

    private final Statements statements;

    PgTenants(Statements statements) {
        this.statements = statements;
    }

    @Override
    public Future<@Nullable Tenant> find(String tenant) {
        return statements.first(FIND, Tuple.of(ColumnText.key(tenant)), PgTenants::read);
    }

    @Override
    public Future<@Nullable Tenant> byApikey(String apikey) {
        return statements.first(BY_APIKEY, Tuple.of(ColumnText.key(apikey)), PgTenants::read);
    }

    static Tenant read(Row row) {
        return Cells.record(row, "record", Tenant.class).withVersion(Cells.number(row, "version"));
    }

    @Override
    public Future<Boolean> declare(Tenant tenant) {
        Tenant declared = tenant.withVersion(0);
        Tuple arguments = Tuple.of(
                ColumnText.key(tenant.id()),
                ColumnText.keyOrNull(tenant.apikey()),
                loginKey(tenant.administrator()),
                Cells.of(declared));
        return statements
                .count(DECLARE, arguments)
                .map(written -> written > 0)
                .recover(cause -> Future.failedFuture(
                        cause instanceof PgException refused && "tenants_apikey".equals(refused.getConstraint())
                                ? new OAuthError.Conflict("apikey").failure()
                                : cause));
    }

    /** As a user of that name is looked up. */
    static @Nullable String loginKey(@Nullable String username) {
        return username == null
                ? null
                : ColumnText.key(
                        LoginKey.of(new LoginName(Kind.USERNAME, username)).value());
    }
}
