package io.gatehouse.store.pg;

import io.gatehouse.common.model.BuiltInClients;
import io.gatehouse.common.model.Client;
import io.vertx.sqlclient.Row;
import org.jspecify.annotations.Nullable;

/** A row of {@code clients}: the client as it was declared, and what has changed since. */
final class ClientRow {
    /** Of a row or column {@code c}. */
    static final String COLUMNS = Cells.select("c", "record", "disabled", "epoch", "version");

    private ClientRow() {}

    /**
     * The stored client, or a built-in one with the state a row may give it; null where there is none. The tenant is
     * known to be there.
     */
    static @Nullable Client read(Row row, String tenant, String clientId) {
        Client builtIn = BuiltInClients.find(tenant, clientId);
        if (row.getBuffer("c_record") == null) {
            return builtIn;
        }
        return inState(builtIn == null ? Cells.record(row, "c_record", Client.class) : builtIn, row);
    }

    /** The client of a row that is there, as it was declared; of a built-in one its state counts only. */
    static Client stored(Row row) {
        return inState(Cells.record(row, "c_record", Client.class), row);
    }

    private static Client inState(Client declared, Row row) {
        return declared.inState(
                Cells.flag(row, "c_disabled"), Cells.number(row, "c_epoch"), Cells.number(row, "c_version"));
    }
}
