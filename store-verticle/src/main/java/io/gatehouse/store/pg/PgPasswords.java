package io.gatehouse.store.pg;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.User;
import io.gatehouse.store.SessionRows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes of passwords. A hash lies inside of a record that no statement looks into: the user is read, and written where
 * nobody else wrote meanwhile.
 */
final class PgPasswords {
    private static final String CHANGE = "SELECT outcome, " + DenialRow.COLUMNS
            + " FROM change_password_1($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

    private final Statements statements;
    private final Sessions sessions;

    /** @param denials null: session or password are not as shown */
    private record Change(@Nullable List<SequencedDenial> denials) {
        static final Change NOTHING = new Change(null);
    }

    interface Sessions {
        Future<@Nullable SessionRows> find(String tenant, SessionProof session, Instant now);
    }

    PgPasswords(Statements statements, Sessions sessions) {
        this.statements = statements;
        this.sessions = sessions;
    }

    /** As {@link io.gatehouse.store.SessionStore.Sessions#changePassword}. */
    Future<@Nullable List<SequencedDenial>> change(
            String tenant, SessionProof session, Secret checked, Secret replacement, Digest fresh, Instant now) {
        return Retries.untilUndisturbed(
                        "user",
                        () -> sessions.find(tenant, session, now)
                                .compose(rows -> rows == null
                                                || !checked.equals(rows.user().passwordHash())
                                        ? Future.succeededFuture(Change.NOTHING)
                                        : write(tenant, session, rows.user(), replacement, fresh, now)))
                .map(Change::denials);
    }

    /** Null where somebody wrote meanwhile. */
    private Future<@Nullable Change> write(
            String tenant, SessionProof session, User user, Secret replacement, Digest fresh, Instant now) {
        User next = new User(user.profile(), replacement, user.epoch(), user.version());
        Tuple arguments = PgSessions.shown(tenant, session)
                .addBuffer(Cells.of(fresh))
                .addLong(user.version())
                .addBuffer(Cells.of(next))
                .addInteger(PgOverviews.MOST_SESSIONS);
        return statements.first(CHANGE, PgSessions.addTimes(arguments, now), PgPasswords::outcome);
    }

    private static @Nullable Change outcome(Row row) {
        return switch (Cells.text(row, "outcome")) {
            case "STALE" -> null;
            case "NO_SESSION" -> Change.NOTHING;
            default -> new Change(DenialRow.read(row));
        };
    }
}
