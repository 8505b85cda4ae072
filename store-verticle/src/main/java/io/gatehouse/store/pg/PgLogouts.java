package io.gatehouse.store.pg;

import io.gatehouse.common.message.Logouts;
import io.gatehouse.common.message.Logouts.Report;
import io.gatehouse.store.PendingLogout;
import io.gatehouse.store.SessionStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;

final class PgLogouts implements SessionStore.Logouts {
    private static final String CLAIM = """
            UPDATE logouts l SET due_at = $3 WHERE l.ctid = ANY (ARRAY(
                SELECT ctid FROM logouts WHERE due_at <= $1 AND expires_at > $1
                ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED))
            RETURNING\s""" + LogoutRow.COLUMNS;

    /** Whoever reports a try that somebody else has made since changes nothing, unless it was heard. */
    private static final String REPORT = """
            WITH gone AS (
                DELETE FROM logouts WHERE tenant = $1 AND id = $2 AND ($3 OR tries = $4 AND expires_at <= $5)
            )
            UPDATE logouts SET tries = tries + 1, due_at = $5
            WHERE tenant = $1 AND id = $2 AND NOT $3 AND tries = $4 AND expires_at > $5
            """;

    private final Statements statements;

    PgLogouts(Statements statements) {
        this.statements = statements;
    }

    @Override
    public Future<List<PendingLogout>> claim(int limit, Instant leaseEnd, Instant now) {
        Tuple arguments = Tuple.of(Nanos.of(now), Math.max(0, limit), Nanos.of(leaseEnd));
        return statements.all(CLAIM, arguments, LogoutRow::read);
    }

    @Override
    public Future<Void> report(Report request, Instant now) {
        int tries = request.tries() + 1;
        Instant next = tries < Logouts.TRIES ? Logouts.nextTry(tries, now) : Instant.MAX;
        Tuple arguments = Tuple.of(
                ColumnText.key(request.tenant()),
                Cells.of(request.id()),
                request.done(),
                request.tries(),
                Nanos.of(next));
        return statements.count(REPORT, arguments).mapEmpty();
    }
}
