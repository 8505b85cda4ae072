package io.gatehouse.store.pg;

import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.SequencedDenial;
import io.vertx.sqlclient.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of {@code denials}. */
final class DenialRow {
    /** Of a row or column {@code d}. */
    static final String COLUMNS =
            Cells.select("d", "sequence", "tenant", "kind", "key", "epoch", "client_id", "expires_at", "gid");

    private DenialRow() {}

    /** One line, or none where the row is none. */
    static List<SequencedDenial> read(Row row) {
        return row.getLong("d_sequence") == null ? List.of() : List.of(line(row));
    }

    static SequencedDenial line(Row row) {
        return new SequencedDenial(
                Cells.number(row, "d_sequence"),
                new Denial(
                        ColumnText.read(Cells.text(row, "d_tenant")),
                        Denial.Kind.valueOf(Cells.text(row, "d_kind")),
                        ColumnText.read(Cells.text(row, "d_key")),
                        Cells.number(row, "d_epoch"),
                        ColumnText.read(Cells.text(row, "d_client_id")),
                        Cells.instant(row, "d_expires_at"),
                        gid(row)));
    }

    private static @Nullable String gid(Row row) {
        String gid = row.getString("d_gid");
        return gid == null ? null : ColumnText.read(gid);
    }
}
