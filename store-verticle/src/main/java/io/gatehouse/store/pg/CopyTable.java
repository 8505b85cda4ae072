package io.gatehouse.store.pg;

import io.gatehouse.store.copy.Rows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One kind of rows of the database, for a copy. */
final class CopyTable<T extends Record> implements Rows<T> {
    private final Link link;
    private final Sql<T> sql;
    private final Function<Throwable, Throwable> explain;
    private final Set<Integer> daysSeen = new HashSet<>();

    /** @param explain puts what goes wrong into words */
    CopyTable(Link link, Sql<T> sql, Function<Throwable, Throwable> explain) {
        this.link = link;
        this.sql = sql;
        this.explain = explain;
    }

    /** A column of a key: its values follow the one that it starts from. */
    enum Column {
        TEXT("text", ""),
        BYTES("bytea", ""),
        NUMBER("bigint", "-1"),
        DAY("integer", "-1");

        private final String type;
        private final String start;

        Column(String type, String start) {
            this.type = type;
            this.start = start;
        }
    }

    record KeyColumn(String name, Column column) {}

    /**
     * How a kind of rows is read and written.
     *
     * @param table that is counted
     * @param from the table under an alias, and what is joined to it; at most one row for each of its rows
     * @param keys the columns of its primary key
     * @param insert of the row and what finds it, unless it is there
     * @param day of the partition it lies in; null: there are none
     */
    record Sql<T extends Record>(
            String table,
            String from,
            List<KeyColumn> keys,
            String columns,
            Function<Row, T> read,
            String insert,
            Function<T, Tuple> arguments,
            @Nullable ToIntFunction<T> day) {

        /** $1: the key that the page follows, as an array of texts; $2: rows. */
        String select() {
            String names = list(key -> key.name());
            String texts = list(key -> key.name() + "::text");
            String after = IntStream.range(0, keys.size()).mapToObj(this::after).collect(Collectors.joining(", "));
            // The second condition follows from the first; it tells the planner which partitions are over.
            return "SELECT ARRAY[" + texts + "] AS at, " + columns + " FROM " + from
                    + " WHERE (" + names + ") > (" + after + ") AND "
                    + keys.getFirst().name() + " >= " + after(0)
                    + " ORDER BY " + names + " LIMIT $2";
        }

        private String after(int key) {
            return "($1::text[])[" + (key + 1) + "]::" + keys.get(key).column().type;
        }

        private String list(Function<KeyColumn, String> word) {
            return keys.stream().map(word).collect(Collectors.joining(", "));
        }

        String[] start() {
            return keys.stream().map(key -> key.column().start).toArray(String[]::new);
        }
    }

    @Override
    public Future<Page<T>> read(@Nullable String after, int limit) {
        String[] at =
                after == null ? sql.start() : new JsonArray(after).stream().toArray(String[]::new);
        return link.run(sql.select(), Tuple.tuple().addArrayOfString(at).addInteger(limit))
                .map(this::page)
                .recover(this::failed);
    }

    private Page<T> page(RowSet<Row> found) {
        List<T> rows = new ArrayList<>(found.size());
        String last = null;
        for (Row row : found) {
            rows.add(sql.read().apply(row));
            last = new JsonArray(List.of((Object[]) row.getArrayOfStrings("at"))).encode();
        }
        return new Page<>(rows, last);
    }

    @Override
    public Future<Void> write(List<T> rows) {
        return makePartitions(rows)
                .compose(made -> link.script("BEGIN"))
                .compose(begun -> link.batch(
                        sql.insert(), rows.stream().map(sql.arguments()).toList()))
                .compose(written -> link.script("COMMIT"))
                .<Void>mapEmpty()
                .recover(this::failed);
    }

    private Future<Void> makePartitions(List<T> rows) {
        Future<Void> made = Future.succeededFuture();
        ToIntFunction<T> day = sql.day();
        if (day != null) {
            for (T row : rows) {
                int of = day.applyAsInt(row);
                if (daysSeen.add(of)) {
                    made = made.compose(done -> link.run("SELECT make_partition_1($1, $2)", Tuple.of(sql.table(), of))
                            .mapEmpty());
                }
            }
        }
        return made;
    }

    @Override
    public Future<Long> count() {
        return link.script("SELECT count(*) FROM " + sql.table())
                .map(rows -> rows.iterator().next().getLong(0))
                .recover(this::failed);
    }

    private <R> Future<R> failed(Throwable cause) {
        return Future.failedFuture(explain.apply(cause));
    }
}
