package io.gatehouse.store.pg;

import io.gatehouse.common.message.Verifiers.Known;
import io.gatehouse.common.message.Verifiers.Live;
import io.gatehouse.common.message.Verifiers.Report;
import io.gatehouse.common.message.Verifiers.Standing;
import io.gatehouse.store.Store;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;

final class PgVerifiers implements Store.Verifiers {
    /** No key waits longer, so that nobody asks about what was said before. */
    private static final Duration REMEMBERED = Duration.ofDays(2);

    private static final String REPORT = "SELECT report_verifier_1($1, $2, $3, $4, $5, $6) AS renewed";

    private static final String STANDING = """
            SELECT count(*) AS live, count(*) FILTER (WHERE v.since <= $3 AND NOT EXISTS (
                SELECT FROM verifier_keys k WHERE k.verifier = v.verifier AND k.tenant = $1 AND k.version >= $2
            )) AS behind
            FROM verifiers v WHERE v.expires_at > $4
            """;

    private final Statements statements;

    PgVerifiers(Statements statements) {
        this.statements = statements;
    }

    @Override
    public Future<Boolean> report(Report request, Instant now) {
        Tuple arguments = Tuple.of(
                ColumnText.key(request.verifier()),
                Nanos.of(now),
                Nanos.of(now.plus(request.lease())),
                Nanos.of(now.minus(REMEMBERED)),
                request.known().stream()
                        .map(known -> ColumnText.key(known.tenant()))
                        .toArray(String[]::new),
                request.known().stream().map(Known::version).toArray(Long[]::new));
        return statements.one(REPORT, arguments, row -> Cells.flag(row, "renewed"));
    }

    @Override
    public Future<Standing> standing(Live request, Instant now) {
        Tuple arguments =
                Tuple.of(ColumnText.key(request.tenant()), request.version(), Nanos.of(request.since()), Nanos.of(now));
        return statements.one(
                STANDING,
                arguments,
                row -> new Standing((int) Cells.number(row, "live"), (int) Cells.number(row, "behind")));
    }
}
