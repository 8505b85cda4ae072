package io.gatehouse.store.pg;

import io.gatehouse.common.message.OneTimeValues.Spend;
import io.gatehouse.store.Store;
import io.gatehouse.store.copy.SpentValue;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;

final class PgOneTimeValues implements Store.OneTimeValues {
    private static final String SPEND = "SELECT spend_1($1, $2, $3, $4, $5, $6, $7) AS is_first";

    private final Statements statements;

    PgOneTimeValues(Statements statements) {
        this.statements = statements;
    }

    @Override
    public Future<Boolean> spend(Spend request, Instant now) {
        SpentValue value = SpentValue.of(request);
        Tuple arguments = Tuple.of(
                Nanos.day(value.until()),
                Cells.of(value.value()),
                ColumnText.key(value.tenant()),
                ColumnText.key(value.clientId()),
                value.kind(),
                Nanos.of(value.until()),
                Nanos.of(now));
        return statements.one(SPEND, arguments, row -> Cells.flag(row, "is_first"));
    }
}
