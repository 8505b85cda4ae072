package io.gatehouse.store.pg;

import io.gatehouse.common.message.Codes.PutBySession;
import io.gatehouse.common.message.Codes.SessionPutting;
import io.gatehouse.common.model.AuthorizationCode;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.SessionId;
import io.gatehouse.store.SessionCodeOrder;
import io.gatehouse.store.SessionRules;
import io.gatehouse.store.SessionTimes;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Codes for the users of browser sessions: decided on and written by one statement. */
final class PgSessionCodes {
    private static final String DECIDED =
            "SELECT outcome, remembered, consented, " + UserRow.COLUMNS + ", " + ClientRow.COLUMNS;

    private static final String PUT = """
             FROM put_session_code_2($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
                $20, $21, $22, $23, $24, $25, $26, $27)
            """;

    private static final String FOUND = ", " + SessionRow.COLUMNS;

    private final Statements statements;
    private final SessionTimes times;

    PgSessionCodes(Statements statements, SessionTimes times) {
        this.statements = statements;
        this.times = times;
    }

    Future<SessionPutting> put(SessionCodeOrder order, Instant now) {
        AuthorizationCode ordered = order.code("", 0, Instant.EPOCH, List.of(), 0, 0, now);
        return statements.one(DECIDED + PUT, arguments(order, ordered, now), row -> putting(row, order.request()));
    }

    /** Writes everything but the code. */
    Future<PgCounterpart.Decision> decide(SessionCodeOrder order, Instant now) {
        return statements.one(DECIDED + FOUND + PUT, arguments(order, null, now), row -> {
            SessionPutting putting = putting(row, order.request());
            return new PgCounterpart.Decision(
                    putting, putting instanceof SessionPutting.Stored ? code(row, order, now) : null);
        });
    }

    private static AuthorizationCode code(Row row, SessionCodeOrder order, Instant now) {
        Session session = SessionRow.read(row);
        return order.code(session, Cells.number(row, "c_epoch"), Cells.number(row, "consented"), now);
    }

    private static SessionPutting putting(Row row, PutBySession request) {
        String outcome = Cells.text(row, "outcome");
        if (outcome.equals("LOGIN_REQUIRED")) {
            return new SessionPutting.LoginRequired();
        }
        // What a client may use no column says: where a code was written in vain, nobody gets to know it.
        Client client = ClientRow.read(row, request.tenant(), request.clientId());
        if (outcome.equals("CLIENT_REFUSED") || client == null || !SessionRules.mayBeGivenCodes(client)) {
            return new SessionPutting.ClientRefused();
        }
        String sid = request.session().id().sid();
        return outcome.equals("STORED")
                ? new SessionPutting.Stored(sid, request.expiresAt())
                : new SessionPutting.ConsentRequired(
                        sid,
                        Objects.requireNonNull(UserRow.read(row)).profile(),
                        new Scope(List.of(row.getArrayOfStrings("remembered"))),
                        Cells.number(row, "consented"));
    }

    private Tuple arguments(SessionCodeOrder order, @Nullable AuthorizationCode ordered, Instant now) {
        PutBySession request = order.request();
        SessionId session = request.session().id();
        Tuple arguments = Tuple.tuple()
                .addString(ColumnText.key(request.tenant()))
                .addInteger(session.expiryDay())
                .addBuffer(Cells.of(session.value()))
                .addBuffer(Cells.of(request.session().secret()))
                .addString(ColumnText.key(request.clientId()))
                .addString(ColumnText.exact(request.clientId()))
                .addString(request.family().name());
        addDemands(request, arguments);
        addCode(order, arguments);
        return arguments
                .addBuffer(ordered == null ? null : Cells.of(ordered))
                .addLong(Nanos.of(times.noticeable()))
                .addLong(Nanos.of(times.idleTtl()))
                .addInteger(Session.MOST_LISTENERS)
                .addLong(request.consentEpoch())
                .addLong(Nanos.of(now));
    }

    private static void addDemands(PutBySession request, Tuple arguments) {
        arguments
                .addArrayOfString(request.scope().values().toArray(String[]::new))
                .addString(request.consent().name())
                .addLong(Nanos.orNull(request.notBefore()))
                .addString(ColumnText.keyOrNull(request.subject()))
                .addBoolean(request.listens())
                .addString(ColumnText.keyOrNull(request.redirectUri()))
                .addString(ColumnText.keyOrNull(request.codeChallenge()));
    }

    private static void addCode(SessionCodeOrder order, Tuple arguments) {
        arguments
                .addInteger(order.request().code().expiryDay())
                .addBuffer(Cells.of(order.request().code().digest()))
                .addLong(Nanos.of(order.request().expiresAt()))
                .addInteger(order.grant().expiryDay())
                .addBuffer(Cells.of(order.grant().value()))
                .addString(order.grant().gid())
                .addLong(Nanos.of(order.grantExpiresAt()));
    }
}
