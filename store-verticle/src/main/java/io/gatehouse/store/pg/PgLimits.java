package io.gatehouse.store.pg;

import io.gatehouse.store.Gcra;
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
