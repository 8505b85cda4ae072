package io.gatehouse.store.pg;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.PushedRequests.Find;
import io.gatehouse.common.message.PushedRequests.Take;
import io.gatehouse.store.GrantStore;
import io.gatehouse.store.PushedRequest;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

final class PgPushedRequests implements GrantStore.PushedRequests {
    private static final String PUSH = """
            INSERT INTO pushed_requests (tenant, digest, client_id, form, expires_at, ends_at)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING
            """;

    private static final String FIND = """
            SELECT form FROM pushed_requests WHERE tenant = $1 AND digest = $2 AND client_id = $3 AND expires_at > $4
            """;

    private static final String TAKE = """
            DELETE FROM pushed_requests WHERE tenant = $1 AND digest = $2 AND client_id = $3 AND ends_at > $4
            """;

    private final Statements statements;

    PgPushedRequests(Statements statements) {
        this.statements = statements;
    }

    @Override
    public Future<Void> push(PushedRequest request, Instant now) {
        Tuple arguments = Tuple.of(
                ColumnText.key(request.tenant()),
                Cells.of(request.id().digest()),
                ColumnText.key(request.clientId()),
                ColumnText.exact(request.form()),
                Nanos.of(request.expiresAt()),
                Nanos.of(request.end()));
        return statements.count(PUSH, arguments).map(written -> {
            if (written == 0) {
                throw new OAuthError.Conflict("pushed request").failure();
            }
            return null;
        });
    }

    @Override
    public Future<@Nullable String> find(Find request, Instant now) {
        Tuple arguments = Tuple.of(
                ColumnText.key(request.tenant()),
                Cells.of(request.request().digest()),
                ColumnText.key(request.clientId()),
                Nanos.of(now));
        return statements.<String>first(FIND, arguments, row -> ColumnText.read(Cells.text(row, "form")));
    }

    @Override
    public Future<Boolean> take(Take request, Instant now) {
        Tuple arguments = Tuple.of(
                ColumnText.key(request.tenant()),
                Cells.of(request.request().digest()),
                ColumnText.key(request.clientId()),
                Nanos.of(now));
        return statements.count(TAKE, arguments).map(removed -> removed == 1);
    }
}
