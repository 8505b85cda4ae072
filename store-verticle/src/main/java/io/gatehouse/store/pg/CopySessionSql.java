package io.gatehouse.store.pg;

import io.gatehouse.common.model.Consent;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.User;
import io.gatehouse.store.PendingLogout;
import io.gatehouse.store.pg.CopyTable.Column;
import io.gatehouse.store.pg.CopyTable.KeyColumn;
import io.gatehouse.store.pg.CopyTable.Sql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** Browser sessions and what belongs to them, for a copy. */
final class CopySessionSql {
    private CopySessionSql() {}

    static final Sql<Session> SESSIONS = new Sql<>(
            "sessions",
            "sessions s",
            List.of(
                    new KeyColumn("s.expiry_day", Column.DAY),
                    new KeyColumn("s.id", Column.BYTES),
                    new KeyColumn("s.tenant", Column.TEXT)),
            SessionRow.COLUMNS,
            SessionRow::read,
            """
            INSERT INTO sessions VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            ON CONFLICT DO NOTHING
            """,
            session -> SessionRow.of(session).addBuffer(Cells.of(session)),
            session -> session.id().expiryDay());

    static final Sql<Consent> CONSENTS = new Sql<>(
            "consents",
            "consents n LEFT JOIN users u ON u.tenant = n.tenant AND u.subject = n.subject"
                    + " LEFT JOIN clients c ON c.tenant = n.tenant AND c.client_id = n.client_id",
            List.of(
                    new KeyColumn("n.tenant", Column.TEXT),
                    new KeyColumn("n.subject", Column.TEXT),
                    new KeyColumn("n.client_id", Column.TEXT)),
            "u.record AS u_record, " + ClientRow.COLUMNS + ", " + ConsentRow.COLUMNS,
            CopySessionSql::consent,
            "INSERT INTO consents VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
            CopySessionSql::consent,
            null);

    static final Sql<PendingLogout> LOGOUTS = new Sql<>(
            "logouts",
            "logouts l",
            List.of(new KeyColumn("l.tenant", Column.TEXT), new KeyColumn("l.id", Column.BYTES)),
            LogoutRow.COLUMNS,
            LogoutRow::read,
            "INSERT INTO logouts VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
            LogoutRow::of,
            null);

    /** As user and client spell themselves: too long a name is not in the row. */
    private static Consent consent(Row row) {
        String subject = row.getBuffer("u_record") == null
                ? ColumnText.read(Cells.text(row, "n_subject"))
                : Cells.record(row, "u_record", User.class).profile().subject();
        String clientId = row.getBuffer("c_record") == null
                ? ColumnText.read(Cells.text(row, "n_client_id"))
                : ClientRow.stored(row).clientId();
        return ConsentRow.read(row, subject, clientId);
    }

    private static Tuple consent(Consent consent) {
        return Tuple.tuple()
                .addString(ColumnText.key(consent.tenant()))
                .addString(ColumnText.key(consent.subject()))
                .addString(ColumnText.key(consent.clientId()))
                .addArrayOfString(consent.scope().values().toArray(String[]::new))
                .addLong(consent.epoch())
                .addLong(Nanos.of(consent.grantedAt()));
    }
}
