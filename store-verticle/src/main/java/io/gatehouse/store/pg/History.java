package io.gatehouse.store.pg;

import io.vertx.core.Future;
import io.vertx.sqlclient.DatabaseException;
import io.vertx.sqlclient.Row;
import java.util.Iterator;

/**
 * Which history of the database this process works on. Another one begins where an operator says so, and where another server
 * took over: what that one had not heard of is gone, and numbers of before may come a second time with another meaning.
 */
final class History {
    private static final String INCARNATION = "SELECT value FROM facts WHERE name = 'incarnation'";

    /** The timeline, the first part of the name of a file of the log. */
    private static final String TIMELINE = "SELECT left(pg_walfile_name(pg_current_wal_lsn()), 8)";

    private volatile String incarnation = "";
    private volatile String timeline = "";

    /** To be told by every new connection: a server that takes over ends those to the one before. */
    Future<Void> observe(Link link) {
        return link.script(INCARNATION)
                .compose(rows -> {
                    Iterator<Row> row = rows.iterator();
                    if (row.hasNext()) {
                        incarnation = row.next().getString(0);
                    }
                    return link.script(TIMELINE);
                })
                .map(rows -> rows.iterator().next().getString(0))
                // Some that only look like PostgreSQL have no such log.
                .recover(cause ->
                        cause instanceof DatabaseException ? Future.succeededFuture("") : Future.failedFuture(cause))
                .map(known -> {
                    timeline = known;
                    return null;
                });
    }

    /** @param made with the database */
    void begin(String made) {
        incarnation = made;
    }

    /** Told by the database alone: the same on whatever server it lies. */
    String incarnation() {
        return incarnation;
    }

    @Override
    public String toString() {
        return timeline.isEmpty() ? incarnation : incarnation + "." + timeline;
    }
}
