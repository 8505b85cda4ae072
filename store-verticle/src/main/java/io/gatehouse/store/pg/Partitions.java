package io.gatehouse.store.pg;

import io.gatehouse.common.error.OAuthError;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of codes, spent values and devices by the day, and of grants and sessions by the week: made ahead, made late
 * where a row comes first, and dropped once everything in them has expired for more than a day.
 */
final class Partitions {
    private static final String NO_PARTITION = "23514";
    private static final Pattern DAY = Pattern.compile("\\((\\d{1,6})\\)\\.?$");

    /** One step of making some: each takes milliseconds, and a statement must not last. */
    private static final int AT_ONCE = 8;

    /** Behind what any configuration allows a grant or a session: days beyond it are nobody's honest row. */
    private static final int LATEST = 800;

    private static final int SLACK = 2;

    private final Statements.Server server;
    private final Clock clock;
    private final List<Ahead> tables;

    /** @param days made ahead, today's not counted */
    private record Ahead(String table, int days) {}

    /** A row's day that has none. */
    record Missing(String table, int day) {}

    /**
     * @param longestGrant that this node gives
     * @param session that this node gives
     */
    Partitions(Statements.Server server, Clock clock, Duration longestGrant, Duration session) {
        this.server = server;
        this.clock = clock;
        this.tables = List.of(
                new Ahead("codes", 2),
                new Ahead("spent", 2),
                new Ahead("devices", 2),
                new Ahead("grants", daysOf(longestGrant)),
                new Ahead("sessions", daysOf(session)));
    }

    private static int daysOf(Duration life) {
        return Math.toIntExact(life.toDays()) + 3;
    }

    /** Null where the statement failed of something else. */
    static @Nullable Missing missing(PgException refused) {
        if (!NO_PARTITION.equals(refused.getSqlState()) || refused.getTable() == null || refused.getDetail() == null) {
            return null;
        }
        Matcher day = DAY.matcher(refused.getDetail());
        return day.find() ? new Missing(refused.getTable(), Integer.parseInt(day.group(1))) : null;
    }

    /** Makes one that a row needs; fails with {@code Conflict} for a day on which nothing we make can expire. */
    Future<Boolean> make(Missing missing) {
        int today = today();
        if (missing.day() < today - SLACK || missing.day() > today + LATEST) {
            return Future.failedFuture(new OAuthError.Conflict("expiry day").failure());
        }
        return server.run("SELECT make_partition_1($1, $2)", Tuple.of(missing.table(), missing.day()))
                .map(true);
    }

    /** Makes all that will be needed soon. */
    Future<Void> makeAhead() {
        return make(0);
    }

    private Future<Void> make(int table) {
        if (table == tables.size()) {
            return Future.succeededFuture();
        }
        Ahead ahead = tables.get(table);
        int today = today();
        return server.run(
                        "SELECT make_partitions_1($1, $2, $3, $4)",
                        Tuple.of(ahead.table(), today, today + ahead.days(), AT_ONCE))
                .compose(rows -> make(rows.iterator().next().getInteger(0) == AT_ONCE ? table : table + 1));
    }

    /** Drops one that is over; says whether there was one. */
    Future<Boolean> dropOne() {
        return dropOne(0);
    }

    private Future<Boolean> dropOne(int table) {
        if (table == tables.size()) {
            return Future.succeededFuture(false);
        }
        return server.run(
                        "SELECT drop_partition_1($1, $2)",
                        Tuple.of(tables.get(table).table(), today() - SLACK))
                .compose(rows ->
                        rows.iterator().next().getBoolean(0) ? Future.succeededFuture(true) : dropOne(table + 1));
    }

    private int today() {
        return Nanos.day(clock.instant());
    }
}
