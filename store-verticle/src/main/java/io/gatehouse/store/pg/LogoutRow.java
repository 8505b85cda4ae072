package io.gatehouse.store.pg;

import io.gatehouse.common.model.SessionId;
import io.gatehouse.store.PendingLogout;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/** A row of {@code logouts}. */
final class LogoutRow {
    /** Of a row {@code l}. */
    static final String COLUMNS =
            Cells.select("l", "tenant", "id", "client_id", "subject", "session", "tries", "due_at", "expires_at");

    private LogoutRow() {}

    static PendingLogout read(Row row) {
        return new PendingLogout(
                ColumnText.read(Cells.text(row, "l_tenant")),
                Cells.bytes(row, "l_id"),
                ColumnText.read(Cells.text(row, "l_client_id")),
                ColumnText.read(Cells.text(row, "l_subject")),
                new SessionId(Cells.bytes(row, "l_session")),
                Math.toIntExact(Cells.number(row, "l_tries")),
                Cells.instant(row, "l_due_at"),
                Cells.instant(row, "l_expires_at"));
    }

    /** Every column. */
    static Tuple of(PendingLogout logout) {
        return Tuple.tuple()
                .addString(ColumnText.key(logout.tenant()))
                .addBuffer(Cells.of(logout.id()))
                .addString(ColumnText.exact(logout.clientId()))
                .addString(ColumnText.exact(logout.subject()))
                .addBuffer(Cells.of(logout.session().value()))
                .addInteger(logout.tries())
                .addLong(Nanos.of(logout.dueAt()))
                .addLong(Nanos.of(logout.expiresAt()));
    }
}
