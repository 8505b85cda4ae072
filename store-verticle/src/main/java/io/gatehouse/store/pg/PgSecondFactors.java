package io.gatehouse.store.pg;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.model.SecondFactor;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.store.SessionRows;
import io.gatehouse.store.SessionStore;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

final class PgSecondFactors implements SessionStore.SecondFactors {
    /** Of a row {@code f}. */
    static final String COLUMNS = Cells.select("f", "record", "last_step", "recovery");

    private static final String FIND =
            "SELECT " + COLUMNS + " FROM second_factors f WHERE f.tenant = $1 AND f.subject = $2";

    // Whoever waited for another one's write looks at the condition again: one of many counts.
    private static final String USE = """
            UPDATE second_factors SET last_step = $4
            WHERE tenant = $1 AND subject = $2 AND enrolled_at = $3 AND last_step < $4
            """;

    private static final String RECOVER = """
            UPDATE second_factors SET recovery = array_remove(recovery, $3)
            WHERE tenant = $1 AND subject = $2 AND $3 = ANY (recovery)
            """;

    private static final String CHANGE = "SELECT changed, " + DenialRow.COLUMNS
            + " FROM change_second_factor_1($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";

    private static final String REMOVE = "DELETE FROM second_factors WHERE tenant = $1 AND subject = $2";

    private final Statements statements;
    private final SessionStore.Sessions sessions;

    PgSecondFactors(Statements statements, SessionStore.Sessions sessions) {
        this.statements = statements;
        this.sessions = sessions;
    }

    @Override
    public Future<@Nullable SecondFactor> find(String tenant, String subject) {
        return statements.first(FIND, whose(tenant, subject), PgSecondFactors::read);
    }

    static SecondFactor read(Row row) {
        SecondFactor enrolled = Cells.record(row, "f_record", SecondFactor.class);
        Buffer[] left = Objects.requireNonNull(row.getArrayOfBuffers("f_recovery"));
        return new SecondFactor(
                enrolled.tenant(),
                enrolled.subject(),
                enrolled.enrolledAt(),
                enrolled.secret(),
                Arrays.stream(left).map(Cells::digest).toList(),
                Cells.number(row, "f_last_step"));
    }

    /** What is behind tenant and subject in a row. */
    static Tuple of(Tuple whose, SecondFactor factor) {
        return whose.addLong(Nanos.of(factor.enrolledAt()))
                .addLong(factor.lastStep())
                .addArrayOfBuffer(factor.recovery().stream().map(Cells::of).toArray(Buffer[]::new))
                .addBuffer(Cells.of(factor));
    }

    @Override
    public Future<Boolean> use(String tenant, String subject, Instant enrolledAt, long step) {
        Tuple arguments = whose(tenant, subject).addLong(Nanos.of(enrolledAt)).addLong(step);
        return statements.count(USE, arguments).map(written -> written == 1);
    }

    @Override
    public Future<Boolean> recover(String tenant, String subject, Digest code) {
        return statements
                .count(RECOVER, whose(tenant, subject).addBuffer(Cells.of(code)))
                .map(written -> written == 1);
    }

    @Override
    public Future<@Nullable List<SequencedDenial>> change(
            String tenant, SessionProof session, @Nullable SecondFactor factor, Digest fresh, Instant now) {
        return sessions.find(tenant, session, now)
                .compose(rows -> rows == null
                        ? Future.succeededFuture(null)
                        : change(tenant, session, rows, factor, fresh, now));
    }

    /** How the user logged in lies inside of a record, which nobody writes anew but with another secret. */
    private Future<@Nullable List<SequencedDenial>> change(
            String tenant,
            SessionProof session,
            SessionRows rows,
            @Nullable SecondFactor factor,
            Digest fresh,
            Instant now) {
        Session before = rows.session();
        Session next = before.goingOn(fresh, before.subjectEpoch(), SecondFactor.amr(before.amr(), factor != null));
        Tuple shown = PgSessions.shown(tenant, session)
                .addBuffer(Cells.of(fresh))
                .addBuffer(Cells.of(next))
                .addInteger(PgOverviews.MOST_SESSIONS);
        Tuple arguments = factor == null
                ? shown.addLong(null).addLong(null).addArrayOfBuffer(null).addBuffer(null)
                : of(shown, factor);
        return statements.first(
                CHANGE,
                PgSessions.addTimes(arguments, now),
                row -> Cells.flag(row, "changed") ? DenialRow.read(row) : null);
    }

    @Override
    public Future<Boolean> remove(String tenant, String subject) {
        return statements.count(REMOVE, whose(tenant, subject)).map(removed -> removed == 1);
    }

    private static Tuple whose(String tenant, String subject) {
        return Tuple.of(ColumnText.key(tenant), ColumnText.key(subject));
    }
}
