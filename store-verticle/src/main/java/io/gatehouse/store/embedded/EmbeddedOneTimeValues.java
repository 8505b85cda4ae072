package io.gatehouse.store.embedded;

import io.gatehouse.common.message.OneTimeValues.Spend;
import io.gatehouse.store.Store;
import io.gatehouse.store.copy.SpentValue;
import io.vertx.core.Future;
import java.time.Instant;

final class EmbeddedOneTimeValues implements Store.OneTimeValues {
    private final Writer writer;

    EmbeddedOneTimeValues(Writer writer) {
        this.writer = writer;
    }

    @Override
    public Future<Boolean> spend(Spend request, Instant now) {
        return writer.submit(tables -> SpentTable.spend(tables, SpentValue.of(request), now));
    }
}
