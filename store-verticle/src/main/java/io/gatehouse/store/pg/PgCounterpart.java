package io.gatehouse.store.pg;

import io.gatehouse.common.message.ClientJwtStatement;
import io.gatehouse.common.message.Codes.SessionPutting;
import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.common.model.BuiltInClients;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Consent;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.SessionId;
import io.gatehouse.common.model.User;
import io.gatehouse.store.Denials;
import io.gatehouse.store.LoginKey;
import io.gatehouse.store.LoginRows;
import io.gatehouse.store.SessionCodeOrder;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a store that keeps codes and spent values elsewhere asks of the database; each call is one statement. */
public final class PgCounterpart {
    private static final String ROWS = "SELECT " + UserRow.COLUMNS + ", " + ClientRow.COLUMNS;

    /** $3 null: the tenant's administrator. */
    private static final String NAMED = ROWS + """
             FROM tenants t
            LEFT JOIN clients c ON c.tenant = t.tenant AND c.client_id = $2
            LEFT JOIN login_keys k ON k.verified AND k.tenant = t.tenant AND k.kind = coalesce($3, 'USERNAME')
                AND k.name = CASE WHEN $3 IS NULL THEN t.administrator ELSE $4 END
            LEFT JOIN users u ON u.tenant = t.tenant AND u.subject = k.subject
            WHERE t.tenant = $1
            """;

    /** $4 null: of no session. */
    private static final String OF = ROWS + ", " + SessionRow.COLUMNS + ", " + ConsentRow.COLUMNS + """
             FROM tenants t
            LEFT JOIN clients c ON c.tenant = t.tenant AND c.client_id = $2
            LEFT JOIN users u ON u.tenant = t.tenant AND u.subject = $3
            LEFT JOIN sessions s ON s.expiry_day = $4 AND s.id = $5 AND s.tenant = t.tenant
            LEFT JOIN consents n ON n.tenant = t.tenant AND n.subject = $3 AND n.client_id = $2
            WHERE t.tenant = $1
            """;

    private static final String END = "SELECT " + DenialRow.COLUMNS + """
             FROM end_grant_1(jsonb_populate_record(NULL::codes, jsonb_build_object(
                'tenant', $1::text, 'client_id', $2::text, 'subject', $3::text, 'family', $4::text,
                'grant_day', $5::integer, 'grant_id', '\\x' || encode($6::bytea, 'hex'), 'gid', $7::text,
                'grant_expires_at', $8::bigint, 'subject_epoch', $9::bigint, 'client_epoch', $10::bigint)),
                $11, $12, $13, $14) d
            """;

    private static final String CLAIM = """
            WITH claim AS (INSERT INTO facts VALUES ('spent_elsewhere', 'true') ON CONFLICT DO NOTHING RETURNING name)
            SELECT EXISTS (SELECT FROM claim) AS is_first,
                EXISTS (SELECT FROM spent WHERE expires_at > $1) AS is_spent_here
            """;

    private final Statements statements;
    private final PgSessionCodes inSessions;

    PgCounterpart(Statements statements, PgSessionCodes inSessions) {
        this.statements = statements;
        this.inSessions = inSessions;
    }

    /** Whom a code is for, and what it rests on, of one moment; null: not there. */
    public record CodeRows(
            @Nullable User user,
            @Nullable Client client,
            @Nullable Session session,
            @Nullable Consent consent) {}

    /** @param code to write before the answer counts; null: none */
    public record Decision(SessionPutting putting, @Nullable AuthorizationCode code) {}

    /** What the database knows of values that were spent. */
    public enum Spent {
        /** None was, here or elsewhere. */
        NEVER,
        /** Those of before are known to whoever kept them. */
        ELSEWHERE,
        /** Some still count that are known here only. */
        HERE
    }

    /** The user and the client that a client's JWT names. */
    public Future<LoginRows> named(ClientJwtStatement statement) {
        LoginKey user = statement.user() == null ? null : LoginKey.of(statement.user());
        Tuple arguments = Tuple.of(
                ColumnText.key(statement.tenant()),
                ColumnText.key(statement.clientId()),
                user == null ? null : user.kind().name(),
                user == null ? null : ColumnText.key(user.value()));
        return statements
                .<LoginRows>first(
                        NAMED,
                        arguments,
                        row -> new LoginRows(
                                UserRow.read(row), ClientRow.read(row, statement.tenant(), statement.clientId())))
                .map(rows -> rows == null ? new LoginRows(null, null) : rows);
    }

    /** Decides on a code in a browser session, and writes session and consent. */
    public Future<Decision> decide(SessionCodeOrder order, Instant now) {
        return inSessions.decide(order, now);
    }

    /** What decides on a code. */
    public Future<CodeRows> of(AuthorizationCode code) {
        SessionId session = code.sessionId() == null ? null : SessionId.parse(code.sessionId());
        Tuple arguments = Tuple.tuple()
                .addString(ColumnText.key(code.tenant()))
                .addString(ColumnText.key(code.clientId()))
                .addString(ColumnText.key(code.subject()))
                .addInteger(session == null ? null : session.expiryDay())
                .addBuffer(session == null ? null : Cells.of(session.value()));
        return statements
                .<CodeRows>first(OF, arguments, row -> rows(row, code))
                .map(rows -> rows == null ? new CodeRows(null, null, null, null) : rows);
    }

    private static CodeRows rows(Row row, AuthorizationCode code) {
        return new CodeRows(
                UserRow.read(row),
                ClientRow.read(row, code.tenant(), code.clientId()),
                SessionRow.orNull(row),
                ConsentRow.orNull(row));
    }

    /** Ends the grant of a code, also one that is not written yet; gives what that denies, if it was not ended before. */
    public Future<List<SequencedDenial>> end(AuthorizationCode code, Instant now) {
        Tuple arguments = Tuple.tuple()
                .addString(ColumnText.key(code.tenant()))
                .addString(ColumnText.key(code.clientId()))
                .addString(ColumnText.key(code.subject()))
                .addString(code.family().name())
                .addInteger(code.grant().expiryDay())
                .addBuffer(Cells.of(code.grant().value()))
                .addString(code.grant().gid())
                .addLong(Nanos.of(code.grantExpiresAt()))
                .addLong(code.subjectEpoch())
                .addLong(code.clientEpoch())
                .addString(ColumnText.exact(code.clientId()))
                .addBoolean(BuiltInClients.find(code.tenant(), code.clientId()) != null)
                .addLong(Nanos.of(now))
                .addLong(Nanos.of(Denials.end(now)));
        return statements.one(END, arguments, DenialRow::read);
    }

    /** To be called by whoever keeps spent values from now on, at each of its starts. */
    public Future<Spent> claimSpent(Instant now) {
        return statements.one(CLAIM, Tuple.of(Nanos.of(now)), PgCounterpart::spent);
    }

    private static Spent spent(Row row) {
        if (Cells.flag(row, "is_spent_here")) {
            return Spent.HERE;
        }
        return Cells.flag(row, "is_first") ? Spent.NEVER : Spent.ELSEWHERE;
    }
}
