package io.gatehouse.store.pg;

import io.gatehouse.common.message.ClientJwtStatement;
import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.common.model.BuiltInClients;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.store.Denials;
import io.gatehouse.store.LoginKey;
import io.gatehouse.store.LoginRows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;

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

    private static final String OF = ROWS + """
             FROM tenants t
            LEFT JOIN clients c ON c.tenant = t.tenant AND c.client_id = $2
            LEFT JOIN users u ON u.tenant = t.tenant AND u.subject = $3
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

    PgCounterpart(Statements statements) {
        this.statements = statements;
    }

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
        return rows(NAMED, arguments, statement.tenant(), statement.clientId());
    }

    /** The user and the client that a code is for. */
    public Future<LoginRows> of(AuthorizationCode code) {
        Tuple arguments = Tuple.of(
                ColumnText.key(code.tenant()), ColumnText.key(code.clientId()), ColumnText.key(code.subject()));
        return rows(OF, arguments, code.tenant(), code.clientId());
    }

    private Future<LoginRows> rows(String sql, Tuple arguments, String tenant, String clientId) {
        return statements
                .<LoginRows>first(
                        sql, arguments, row -> new LoginRows(UserRow.read(row), ClientRow.read(row, tenant, clientId)))
                .map(rows -> rows == null ? new LoginRows(null, null) : rows);
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
