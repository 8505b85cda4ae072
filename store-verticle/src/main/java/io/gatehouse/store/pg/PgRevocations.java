package io.gatehouse.store.pg;

import io.gatehouse.common.message.Revocations.Page;
import io.gatehouse.common.message.Revocations.Read;
import io.gatehouse.common.model.BuiltInClients;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.store.Denials;
import io.gatehouse.store.Store;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.function.LongConsumer;

final class PgRevocations implements Store.Revocations {
    /** Bounds what one answer holds. */
    private static final int LONGEST_PAGE = 5_000;

    private static final String DENY = "SELECT " + DenialRow.COLUMNS + """
             FROM deny_1(denial_1($1, $2, $3, $4, $5, $6, $7, $8), $9, $10, $11) d
            """;

    /** Head and lines of one moment; a number below the head is committed, or never will be. */
    private static final String READ = "SELECT l.last AS head, " + DenialRow.COLUMNS + """
             FROM denial_log l LEFT JOIN LATERAL (
                SELECT * FROM denials WHERE sequence > $1 AND expires_at > $2 ORDER BY sequence LIMIT $3
            ) d ON true
            ORDER BY d.sequence
            """;

    private final Statements statements;
    private final History history;
    private final DenialNotices notices;

    PgRevocations(Statements statements, History history, DenialNotices notices) {
        this.statements = statements;
        this.history = history;
        this.notices = notices;
    }

    @Override
    public String incarnation() {
        return history.toString();
    }

    @Override
    public Future<List<SequencedDenial>> deny(Denial denial, Instant now) {
        Tuple arguments = Tuple.of(
                ColumnText.key(denial.tenant()),
                denial.kind().name(),
                ColumnText.exact(denial.key()),
                denial.epoch(),
                ColumnText.exact(denial.clientId()),
                ColumnText.key(denial.clientId()));
        arguments
                .addLong(Nanos.of(denial.expiresAt()))
                .addString(ColumnText.keyOrNull(denial.gid()))
                .addLong(Nanos.of(now))
                .addLong(Nanos.of(Denials.end(now)))
                .addBoolean(BuiltInClients.find(denial.tenant(), denial.clientId()) != null);
        return statements.one(DENY, arguments, DenialRow::read);
    }

    @Override
    public Future<Page> read(Read request, Instant now) {
        int limit = Math.clamp(request.limit(), 0, LONGEST_PAGE);
        return statements
                .all(READ, Tuple.of(request.after(), Nanos.of(now), limit), row -> row)
                .map(rows -> page(rows, request.after(), limit));
    }

    @Override
    public void tellOthers(long head) {
        notices.tell(head);
    }

    @Override
    public void onAppended(LongConsumer listener) {
        notices.listen(listener);
    }

    private Page page(List<Row> rows, long after, int limit) {
        long head = Cells.number(rows.getFirst(), "head");
        List<SequencedDenial> lines =
                rows.stream().flatMap(row -> DenialRow.read(row).stream()).toList();
        if (after >= head || limit == 0) {
            return new Page(incarnation(), head, Math.min(after, head), List.of());
        }
        return new Page(
                incarnation(), head, lines.size() == limit ? lines.getLast().sequence() : head, lines);
    }
}
