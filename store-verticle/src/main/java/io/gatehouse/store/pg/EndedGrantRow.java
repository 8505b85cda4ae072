package io.gatehouse.store.pg;

import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.GrantId;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.TokenFamily;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;

/** A row of {@code grants} that only says that the grant ended before it was written. */
final class EndedGrantRow {
    /** Beside those of {@link GrantRow}. */
    static final String COLUMNS = Cells.select(
            "g",
            "id",
            "tenant",
            "client_id",
            "subject",
            "family",
            "family_secret",
            "subject_epoch",
            "client_epoch",
            "expires_at");

    private EndedGrantRow() {}

    /** What the row doesn't say is empty: the grant's write brings all of it. */
    static Grant read(Row row) {
        Instant ended = Cells.instant(row, "g_revoked_at");
        return new Grant(
                ColumnText.read(Cells.text(row, "g_tenant")),
                new GrantId(Cells.bytes(row, "g_id")),
                ColumnText.read(Cells.text(row, "g_client_id")),
                ColumnText.read(Cells.text(row, "g_subject")),
                TokenFamily.valueOf(Cells.text(row, "g_family")),
                Scope.EMPTY,
                Cells.digest(row, "g_family_secret"),
                Cells.digest(row, "g_current_secret"),
                null,
                null,
                0,
                null,
                false,
                Cells.number(row, "g_subject_epoch"),
                Cells.number(row, "g_client_epoch"),
                null,
                null,
                ended,
                List.of(),
                ended,
                Cells.instant(row, "g_idle_expires_at"),
                Cells.instant(row, "g_expires_at"),
                ended);
    }
}
