package io.gatehouse.store.pg;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.ClientJwtStatement;
import io.gatehouse.common.message.Codes.PutRefusal;
import io.gatehouse.common.message.Codes.SessionPutting;
import io.gatehouse.common.message.Codes.Take;
import io.gatehouse.common.message.Codes.TakeRefusal;
import io.gatehouse.common.model.BuiltInClients;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.User;
import io.gatehouse.store.CodeOrder;
import io.gatehouse.store.CodeResult;
import io.gatehouse.store.CodeRules;
import io.gatehouse.store.Denials;
import io.gatehouse.store.GrantStore;
import io.gatehouse.store.LoginKey;
import io.gatehouse.store.SessionCodeOrder;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

final class PgCodes implements GrantStore.Codes {
    private static final String DUPLICATE = "23505";

    private static final String PUT = """
            SELECT put_code_1($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
                AS refusal
            """;

    private static final String TAKE = "SELECT outcome, "
            + String.join(", ", CodeRow.COLUMNS, UserRow.COLUMNS, ClientRow.COLUMNS, DenialRow.COLUMNS)
            + " FROM take_code_2($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

    private final Statements statements;
    private final PgSessionCodes inSessions;

    PgCodes(Statements statements, PgSessionCodes inSessions) {
        this.statements = statements;
        this.inSessions = inSessions;
    }

    @Override
    public Future<@Nullable PutRefusal> put(CodeOrder order, Instant now) {
        Tuple arguments = Tuple.tuple();
        addWho(order.statement(), arguments);
        addReplay(order.statement(), arguments);
        addCode(order, now, arguments);
        return statements.<PutRefusal>first(PUT, arguments, PgCodes::refusal).recover(PgCodes::explain);
    }

    private static <T extends @Nullable Object> Future<T> explain(Throwable cause) {
        return Future.failedFuture(
                cause instanceof PgException refused && DUPLICATE.equals(refused.getSqlState())
                        ? new OAuthError.Conflict("code").failure()
                        : cause);
    }

    private static @Nullable PutRefusal refusal(Row row) {
        String refusal = row.getString("refusal");
        return refusal == null ? null : PutRefusal.valueOf(refusal);
    }

    private static void addWho(ClientJwtStatement statement, Tuple arguments) {
        Client builtIn = BuiltInClients.find(statement.tenant(), statement.clientId());
        LoginKey user = statement.user() == null ? null : LoginKey.of(statement.user());
        arguments
                .addString(ColumnText.key(statement.tenant()))
                .addString(ColumnText.key(statement.clientId()))
                .addArrayOfString(builtIn == null ? null : values(builtIn.scope()))
                .addLong(statement.clientEpoch())
                .addString(statement.family().name())
                .addString(user == null ? null : user.kind().name())
                .addString(user == null ? null : ColumnText.key(user.value()));
    }

    private static void addReplay(ClientJwtStatement statement, Tuple arguments) {
        Digest replay = statement.replay();
        Instant until = statement.replayUntil();
        if (replay == null || until == null) {
            arguments.addInteger(null).addBuffer(null).addLong(null);
        } else {
            arguments.addInteger(Nanos.day(until)).addBuffer(Cells.of(replay)).addLong(Nanos.of(until));
        }
        arguments.addArrayOfString(values(CodeOrder.NEVER_BY_CLIENT));
    }

    private static void addCode(CodeOrder order, Instant now, Tuple arguments) {
        arguments
                .addInteger(order.id().expiryDay())
                .addBuffer(Cells.of(order.id().digest()))
                .addLong(Nanos.of(order.expiresAt()))
                .addInteger(order.grant().expiryDay())
                .addBuffer(Cells.of(order.grant().value()))
                .addString(order.grant().gid())
                .addLong(Nanos.of(order.grantExpiresAt()))
                .addBuffer(Cells.of(order.code("", 0, Scope.EMPTY, 0, now)))
                .addLong(Nanos.of(now));
    }

    private static String[] values(Scope scope) {
        return scope.values().toArray(String[]::new);
    }

    @Override
    public Future<SessionPutting> put(SessionCodeOrder order, Instant now) {
        return inSessions.put(order, now).recover(PgCodes::explain);
    }

    @Override
    public Future<CodeResult> take(Take request, Instant now) {
        Buffer digest = Cells.of(request.code().digest());
        Tuple arguments = Tuple.tuple()
                .addString(ColumnText.key(request.tenant()))
                .addString(ColumnText.key(request.clientId()))
                .addString(ColumnText.exact(request.clientId()))
                .addBoolean(BuiltInClients.find(request.tenant(), request.clientId()) != null)
                .addInteger(request.code().expiryDay())
                .addBuffer(digest)
                .addString(ColumnText.keyOrNull(request.redirectUri()))
                .addString(ColumnText.keyOrNull(request.codeChallenge()))
                .addLong(Nanos.of(CodeRules.TOMBSTONE))
                .addLong(Nanos.of(now))
                .addLong(Nanos.of(Denials.end(now)));
        return statements.one(TAKE, arguments, row -> result(row, request));
    }

    private static CodeResult result(Row row, Take request) {
        String outcome = Cells.text(row, "outcome");
        if (!outcome.equals("REDEEMED")) {
            return new CodeResult.Refused(TakeRefusal.valueOf(outcome), DenialRow.read(row));
        }
        User user = Objects.requireNonNull(UserRow.read(row));
        Client client = Objects.requireNonNull(ClientRow.read(row, request.tenant(), request.clientId()));
        return new CodeResult.Redeemed(CodeRow.read(row, user.profile().subject()), user, client);
    }
}
