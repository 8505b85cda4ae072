package io.gatehouse.store.pg;

import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.store.SessionOverview;
import io.gatehouse.store.SessionOverview.Allowed;
import io.gatehouse.store.SessionRows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the owner of a session may see: rows of three kinds, read by one statement. */
final class PgOverviews {
    /** Of one user, as far as anybody looks, the last to expire first: nobody has more browsers. */
    static final int MOST_SESSIONS = 1_000;

    private static final int SESSION = 2;

    private static final String FIND = """
            WITH shown AS MATERIALIZED (SELECT s, u""" + PgSessions.SHOWN + """
            ), found AS (
                SELECT 1 AS kind, s, u, NULL::consents AS n, NULL::clients AS c FROM shown
                UNION ALL
                SELECT 2, x.y, NULL, NULL, NULL FROM shown, LATERAL (
                    SELECT y FROM (
                        SELECT y FROM sessions y
                        WHERE y.tenant = $3 AND y.subject = (shown.s).subject AND y.expiry_day >= $6
                        ORDER BY y.expiry_day DESC LIMIT $7) theirs
                    WHERE (y).idle_expires_at > $5 AND (y).expires_at > $5 AND user_stands_1(shown.u, (y).subject_epoch)
                    ORDER BY (y).last_used_at DESC LIMIT $8) x
                UNION ALL
                SELECT 3, NULL, NULL, x.n, c FROM shown, LATERAL (
                    SELECT n FROM consents n
                    WHERE n.tenant = $3 AND n.subject = (shown.s).subject AND n.granted_at > 0
                    ORDER BY n.granted_at DESC LIMIT $8) x
                LEFT JOIN clients c ON c.tenant = $3 AND c.client_id = (x.n).client_id
            )
            """
            + "SELECT kind, "
            + String.join(", ", SessionRow.COLUMNS, UserRow.COLUMNS, ConsentRow.COLUMNS, ClientRow.COLUMNS)
            + " FROM found ORDER BY kind, (s).last_used_at DESC, (n).granted_at DESC";

    private final Statements statements;

    PgOverviews(Statements statements) {
        this.statements = statements;
    }

    /** Null where the session does not count. */
    Future<@Nullable SessionOverview> find(String tenant, SessionProof session, Instant now) {
        Tuple arguments = PgSessions.shown(tenant, session)
                .addLong(Nanos.of(now))
                .addInteger(Nanos.day(now))
                .addInteger(MOST_SESSIONS)
                .addInteger(SessionOverview.MOST);
        return statements.all(FIND, arguments, row -> row).map(PgOverviews::read);
    }

    private static @Nullable SessionOverview read(List<Row> rows) {
        if (rows.isEmpty()) {
            return null;
        }
        SessionRows current = PgSessions.rows(rows.getFirst());
        List<Session> sessions = rows.stream()
                .filter(row -> Cells.number(row, "kind") == SESSION)
                .map(SessionRow::read)
                .toList();
        List<Allowed> consents = rows.stream()
                .filter(row -> Cells.number(row, "kind") > SESSION)
                .map(row -> allowed(row, current.session()))
                .toList();
        return new SessionOverview(current, sessions, consents);
    }

    /** A long id is spelled in the client's own row only. */
    private static Allowed allowed(Row row, Session session) {
        String clientId = ColumnText.read(Cells.text(row, "n_client_id"));
        Client client = ClientRow.read(row, session.tenant(), clientId);
        return client == null
                ? new Allowed(ConsentRow.read(row, session.subject(), clientId), null)
                : new Allowed(ConsentRow.read(row, session.subject(), client.clientId()), client.clientName());
    }
}
