package io.gatehouse.store.pg;

import io.gatehouse.common.limit.Gcra;
import io.gatehouse.store.Limit;
import io.gatehouse.store.Store;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

final class PgLimits implements Store.Limits {
    private static final String RESERVE = "SELECT reserve_1($1, $2, $3, $4) AS wait";
    private static final String REFUND = "SELECT refund_1($1, $2, $3)";

    /**
     * One row that is written where there is room, and only looked at where there is none. What is looked at is as old as the
     * beginning of the statement, so that it may seem to have room: it counts for what leaves the shortest wait.
     *
     * <p>$1 the key, $2 now, $3 the time that an attempt takes, $4 the window.
     */
    private static final String TAKE = """
            WITH taken AS (
                INSERT INTO limits AS l (key, full_at) VALUES ($1, $2::bigint + $3::bigint)
                ON CONFLICT (key) DO UPDATE SET full_at = greatest(l.full_at, $2::bigint) + $3::bigint
                WHERE greatest(l.full_at, $2::bigint) + $3::bigint <= $2::bigint + $4::bigint
                RETURNING l.full_at
            )
            SELECT full_at, true AS admitted FROM taken
            UNION ALL
            SELECT least(greatest((SELECT l.full_at FROM limits l WHERE l.key = $1), $2::bigint + $4::bigint - $3::bigint + 1),
                $2::bigint + $4::bigint), false
            WHERE NOT EXISTS (SELECT FROM taken)
            """;

    private final Statements statements;

    PgLimits(Statements statements) {
        this.statements = statements;
    }

    @Override
    public Future<Duration> reserve(List<Limit> limits, Instant now) {
        if (limits.isEmpty()) {
            return Future.succeededFuture(Duration.ZERO);
        }
        Tuple arguments = arguments(limits).addLong(Gcra.micros(now));
        return statements.one(RESERVE, arguments, row -> Gcra.duration(Cells.number(row, "wait")));
    }

    @Override
    public Future<Gcra.Decision> take(Limit limit, Instant now) {
        long time = Gcra.micros(now);
        long interval = Gcra.interval(limit.rate());
        long window = interval * limit.rate().limit();
        return statements.one(TAKE, Tuple.of(Cells.of(limit.key()), time, interval, window), row -> {
            long full = Cells.number(row, "full_at");
            return row.getBoolean("admitted")
                    ? new Gcra.Decision(true, full, 0)
                    : new Gcra.Decision(false, full, full + interval - time - window);
        });
    }

    @Override
    public Future<Void> refund(List<Limit> limits, Instant now) {
        return limits.isEmpty()
                ? Future.succeededFuture()
                : statements.count(REFUND, arguments(limits)).mapEmpty();
    }

    private static Tuple arguments(List<Limit> limits) {
        return Tuple.of(
                limits.stream().map(limit -> Cells.of(limit.key())).toArray(Buffer[]::new),
                limits.stream().map(limit -> limit.rate().limit()).toArray(Integer[]::new),
                limits.stream()
                        .map(limit -> limit.rate().window().toNanos() / 1000)
                        .toArray(Long[]::new));
    }
}
