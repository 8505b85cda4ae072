package io.gatehouse.store.pg;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.Map;

/**
 * Which steps a database has. The table has Flyway's columns, so that Flyway can apply the same files
 * ({@code -table=gatehouse_schema_history}) and sees what was applied here; the name is our own, since another
 * application's {@code flyway_schema_history} may lie in the same schema.
 */
final class SchemaHistory {
    private static final String TABLE = "gatehouse_schema_history";

    private static final String CREATE = """
            CREATE TABLE IF NOT EXISTS gatehouse_schema_history (
                installed_rank integer NOT NULL CONSTRAINT gatehouse_schema_history_pk PRIMARY KEY,
                version        varchar(50),
                description    varchar(200) NOT NULL,
                type           varchar(20) NOT NULL,
                script         varchar(1000) NOT NULL,
                checksum       integer,
                installed_by   varchar(100) NOT NULL,
                installed_on   timestamp NOT NULL DEFAULT now(),
                execution_time integer NOT NULL,
                success        boolean NOT NULL
            );
            CREATE INDEX IF NOT EXISTS gatehouse_schema_history_s_idx ON gatehouse_schema_history (success)""";

    // The few rows without a number, or with another's kind of number, say nothing about a step of ours.
    private static final String READ = """
            SELECT version::integer AS version, checksum, success FROM gatehouse_schema_history
            WHERE version ~ '^[0-9]{1,9}$' ORDER BY installed_rank""";

    private static final String ADD = """
            INSERT INTO gatehouse_schema_history
                (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
            SELECT coalesce(max(installed_rank), 0) + 1, $1, $2, 'SQL', $3, $4, current_user, $5, true
            FROM gatehouse_schema_history""";

    private SchemaHistory() {}

    /**
     * A step that a database has.
     *
     * @param checksum of the file that was applied
     * @param complete whether it was applied to its end
     */
    record Entry(int checksum, boolean complete) {}

    /** What was applied, by number; nothing where there is no table. */
    static Future<Map<Integer, Entry>> read(Link link) {
        return link.run("SELECT to_regclass($1) IS NOT NULL", Tuple.of(TABLE)).compose(found -> {
            boolean there = found.iterator().next().getBoolean(0);
            return there ? link.script(READ).map(SchemaHistory::entries) : Future.succeededFuture(Map.of());
        });
    }

    /** Makes the table where it is missing. */
    static Future<Void> create(Link link) {
        return link.script(CREATE).mapEmpty();
    }

    /** @param millis that it took */
    static Future<Void> add(Link link, Migration step, long millis) {
        Tuple values = Tuple.of(
                Integer.toString(step.version()),
                step.description(),
                step.script(),
                step.checksum(),
                Math.toIntExact(millis));
        return link.run(ADD, values).mapEmpty();
    }

    private static Map<Integer, Entry> entries(Iterable<Row> rows) {
        Map<Integer, Entry> entries = new HashMap<>();
        for (Row row : rows) {
            Integer checksum = row.getInteger("checksum");
            entries.put(
                    row.getInteger("version"), new Entry(checksum == null ? 0 : checksum, row.getBoolean("success")));
        }
        return entries;
    }

    /** The last step of these, 0 without any. */
    static int last(Map<Integer, Entry> entries) {
        return entries.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
    }
}
