package io.gatehouse.store.pg;

import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.SessionId;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row of {@code sessions}: what the last login said, and whose and how old the session is that it went on in. */
final class SessionRow {
    /** Of a row or column {@code s}. */
    static final String COLUMNS = Cells.select(
            "s",
            "record",
            "id",
            "secret",
            "subject_epoch",
            "auth_time",
            "created_at",
            "last_used_at",
            "idle_expires_at",
            "expires_at",
            "listeners");

    private SessionRow() {}

    /** Null where the row is none. */
    static @Nullable Session orNull(Row row) {
        return row.getBuffer("s_record") == null ? null : read(row);
    }

    static Session read(Row row) {
        Session written = Cells.record(row, "s_record", Session.class);
        String[] listeners = Objects.requireNonNull(row.getArrayOfStrings("s_listeners"));
        return new Session(
                written.tenant(),
                new SessionId(Cells.bytes(row, "s_id")),
                Cells.digest(row, "s_secret"),
                written.subject(),
                Cells.number(row, "s_subject_epoch"),
                Cells.instant(row, "s_auth_time"),
                written.amr(),
                written.device(),
                Cells.instant(row, "s_created_at"),
                Cells.instant(row, "s_last_used_at"),
                Cells.instant(row, "s_idle_expires_at"),
                Cells.instant(row, "s_expires_at"),
                Arrays.stream(listeners).map(ColumnText::read).toList());
    }

    /** Every column but the last, the record. */
    static Tuple of(Session session) {
        return Tuple.tuple()
                .addInteger(session.id().expiryDay())
                .addBuffer(Cells.of(session.id().value()))
                .addString(ColumnText.key(session.tenant()))
                .addBuffer(Cells.of(session.secret()))
                .addString(ColumnText.key(session.subject()))
                .addString(ColumnText.exact(session.subject()))
                .addLong(session.subjectEpoch())
                .addLong(Nanos.of(session.authTime()))
                .addLong(Nanos.of(session.createdAt()))
                .addLong(Nanos.of(session.lastUsedAt()))
                .addLong(Nanos.of(session.idleExpiresAt()))
                .addLong(Nanos.of(session.expiresAt()))
                .addArrayOfString(
                        session.listeners().stream().map(ColumnText::exact).toArray(String[]::new));
    }
}
