package io.gatehouse.store.pg;

import io.gatehouse.common.model.Consent;
import io.gatehouse.common.model.Scope;
import io.vertx.sqlclient.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of {@code consents}. */
final class ConsentRow {
    /** Of a row or column {@code n}. */
    static final String COLUMNS = Cells.select("n", "tenant", "subject", "client_id", "scope", "epoch", "granted_at");

    private ConsentRow() {}

    /** Null where the row is none; subject and client as the columns have them, which shorten long ones. */
    static @Nullable Consent orNull(Row row) {
        return row.getString("n_tenant") == null
                ? null
                : read(
                        row,
                        ColumnText.read(Cells.text(row, "n_subject")),
                        ColumnText.read(Cells.text(row, "n_client_id")));
    }

    /** Whose it is is known. */
    static Consent read(Row row, String subject, String clientId) {
        return new Consent(
                ColumnText.read(Cells.text(row, "n_tenant")),
                subject,
                clientId,
                new Scope(List.of(row.getArrayOfStrings("n_scope"))),
                Cells.number(row, "n_epoch"),
                Cells.instant(row, "n_granted_at"));
    }
}
