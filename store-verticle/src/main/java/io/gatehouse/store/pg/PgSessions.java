package io.gatehouse.store.pg;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Logouts;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.SessionId;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.store.Denials;
import io.gatehouse.store.PendingLogout;
import io.gatehouse.store.SessionBegun;
import io.gatehouse.store.SessionOverview;
import io.gatehouse.store.SessionRows;
import io.gatehouse.store.SessionStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

final class PgSessions implements SessionStore.Sessions {
    private static final String BEGIN = "SELECT " + SessionRow.COLUMNS + ", " + DenialRow.COLUMNS + """
             FROM begin_session_1($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
                $21)
            """;

    /** The session that counts for whoever shows it, and its user. */
    static final String SHOWN = """
             FROM sessions s JOIN users u ON u.tenant = s.tenant AND u.subject = s.subject
            WHERE s.expiry_day = $1 AND s.id = $2 AND s.tenant = $3 AND session_stands_1(s, $4, u, $5)
            """;

    private static final String FIND = "SELECT " + SessionRow.COLUMNS + ", " + UserRow.COLUMNS + SHOWN;

    private static final String USE = """
            UPDATE sessions s SET last_used_at = $5, idle_expires_at = least($6, s.expires_at)
            FROM users u
            WHERE s.expiry_day = $1 AND s.id = $2 AND s.tenant = $3 AND u.tenant = s.tenant AND u.subject = s.subject
                AND session_stands_1(s, $4, u, $5) AND s.last_used_at < $5
            """;

    private static final String END =
            "SELECT ended, " + DenialRow.COLUMNS + " FROM end_session_1($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

    private static final String WITHDRAW =
            "SELECT withdrawn, " + DenialRow.COLUMNS + " FROM withdraw_consent_1($1, $2, $3, $4, $5, $6, $7, $8)";

    private final Statements statements;
    private final PgOverviews overviews;
    private final PgPasswords passwords;

    PgSessions(Statements statements) {
        this.statements = statements;
        this.overviews = new PgOverviews(statements);
        this.passwords = new PgPasswords(statements, this::find);
    }

    @Override
    public Future<SessionBegun> begin(Session fresh, @Nullable SessionProof current, Instant now) {
        Tuple arguments = SessionRow.of(fresh)
                .addBuffer(Cells.of(fresh))
                .addInteger(current == null ? null : current.id().expiryDay())
                .addBuffer(current == null ? null : Cells.of(current.id().value()))
                .addBuffer(current == null ? null : Cells.of(current.secret()));
        return statements.one(
                BEGIN, addTimes(arguments, now), row -> new SessionBegun(SessionRow.read(row), DenialRow.read(row)));
    }

    @Override
    public Future<@Nullable SessionRows> find(String tenant, SessionProof session, Instant now) {
        return statements.first(FIND, shown(tenant, session).addLong(Nanos.of(now)), PgSessions::rows);
    }

    static SessionRows rows(Row row) {
        return new SessionRows(SessionRow.read(row), Objects.requireNonNull(UserRow.read(row)));
    }

    @Override
    public Future<Void> use(String tenant, SessionProof session, Instant now, Instant idleUntil) {
        Tuple arguments = shown(tenant, session).addLong(Nanos.of(now)).addLong(Nanos.of(idleUntil));
        return statements.count(USE, arguments).mapEmpty();
    }

    @Override
    public Future<@Nullable SessionOverview> overview(String tenant, SessionProof session, Instant now) {
        return overviews.find(tenant, session, now);
    }

    @Override
    public Future<@Nullable List<SequencedDenial>> end(
            String tenant, SessionProof session, @Nullable SessionId other, Instant now) {
        Tuple arguments = shown(tenant, session)
                .addInteger(other == null ? null : other.expiryDay())
                .addBuffer(other == null ? null : Cells.of(other.value()));
        return statements.first(
                END, addTimes(arguments, now), row -> Cells.flag(row, "ended") ? DenialRow.read(row) : null);
    }

    @Override
    public Future<@Nullable List<SequencedDenial>> withdraw(
            String tenant, SessionProof session, String clientId, Instant now) {
        Tuple arguments = shown(tenant, session)
                .addString(ColumnText.key(clientId))
                .addString(ColumnText.exact(clientId))
                .addLong(Nanos.of(now))
                .addLong(Nanos.of(Denials.end(now)));
        return statements.first(WITHDRAW, arguments, row -> Cells.flag(row, "withdrawn") ? DenialRow.read(row) : null);
    }

    @Override
    public Future<@Nullable List<SequencedDenial>> changePassword(
            String tenant, SessionProof session, Secret checked, Secret replacement, Digest fresh, Instant now) {
        return passwords.change(tenant, session, checked, replacement, fresh, now);
    }

    static Tuple shown(String tenant, SessionProof session) {
        return Tuple.of(
                session.id().expiryDay(),
                Cells.of(session.id().value()),
                ColumnText.key(tenant),
                Cells.of(session.secret()));
    }

    /** What every function that may end a session wants to know last. */
    static Tuple addTimes(Tuple arguments, Instant now) {
        return arguments
                .addLong(Nanos.of(now))
                .addLong(Nanos.of(Denials.end(now)))
                .addLong(Nanos.of(now.plus(Logouts.PATIENCE)))
                .addLong((long) PendingLogout.MOST_OF_CLIENT);
    }
}
