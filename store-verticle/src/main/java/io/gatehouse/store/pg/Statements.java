package io.gatehouse.store.pg;

import io.gatehouse.common.error.OAuthError;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs the store's statements, each a transaction of its own, and says what the schema's own errors mean. A row whose
 * partition was not made ahead gets it now.
 */
final class Statements {
    /** As {@link Database#run}. */
    interface Server {
        Future<RowSet<Row>> run(String sql, Tuple arguments);
    }

    private static final String PUBLIC_CLIENT_FLOOD = "GH429";
    private static final String LOG_IS_FULL = "GH503";

    private final Server server;
    private final Partitions partitions;

    Statements(Server server, Partitions partitions) {
        this.server = server;
        this.partitions = partitions;
    }

    /** The one row of a statement that always gives one. */
    <T> Future<T> one(String sql, Tuple arguments, Function<Row, T> mapper) {
        return run(sql, arguments).map(rows -> mapper.apply(rows.iterator().next()));
    }

    /** The one row, or null. */
    <T extends @Nullable Object> Future<@Nullable T> first(
            String sql, Tuple arguments, Function<Row, @Nullable T> mapper) {
        return run(sql, arguments).map(rows -> {
            RowIterator<Row> row = rows.iterator();
            return row.hasNext() ? mapper.apply(row.next()) : null;
        });
    }

    <T> Future<List<T>> all(String sql, Tuple arguments, Function<Row, T> mapper) {
        return run(sql, arguments).map(rows -> {
            List<T> all = new ArrayList<>(rows.size());
            rows.forEach(row -> all.add(mapper.apply(row)));
            return all;
        });
    }

    /** How many rows it wrote. */
    Future<Integer> count(String sql, Tuple arguments) {
        return run(sql, arguments).map(RowSet::rowCount);
    }

    private Future<RowSet<Row>> run(String sql, Tuple arguments) {
        return server.run(sql, arguments)
                .recover(cause -> cause instanceof PgException refused
                        ? explain(refused, sql, arguments)
                        : Future.failedFuture(cause));
    }

    private Future<RowSet<Row>> explain(PgException refused, String sql, Tuple arguments) {
        Partitions.Missing missing = Partitions.missing(refused);
        if (missing != null) {
            return partitions.make(missing).compose(made -> server.run(sql, arguments));
        }
        return Future.failedFuture(
                switch (String.valueOf(refused.getSqlState())) {
                    case PUBLIC_CLIENT_FLOOD -> new OAuthError.Throttled(Duration.ofMinutes(1)).failure();
                    case LOG_IS_FULL -> new OAuthError.Unavailable("revocation log").failure();
                    default -> refused;
                });
    }
}
