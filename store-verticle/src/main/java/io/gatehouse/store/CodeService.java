package io.gatehouse.store;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.common.message.ClientJwtStatement;
import io.gatehouse.common.message.Codes;
import io.gatehouse.common.message.Codes.PutRefusal;
import io.gatehouse.common.message.Codes.Putting;
import io.gatehouse.common.message.Codes.SessionPutting;
import io.gatehouse.common.message.Codes.Taking;
import io.gatehouse.common.model.GrantId;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers {@link Codes}. */
final class CodeService {
    /** A code that lives longer than this was not asked for by us (RFC 6749, section 4.1.2). */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Store store;
    private final LoginThrottle throttle;
    private final Attestor attestor;
    private final Tickets tickets;
    private final GrantTimes times;
    private final Announcer announcer;
    private final Clock clock;

    CodeService(
            Store store,
            LoginThrottle throttle,
            Attestor attestor,
            Tickets tickets,
            GrantTimes times,
            Announcer announcer,
            Clock clock) {
        this.store = store;
        this.throttle = throttle;
        this.attestor = attestor;
        this.tickets = tickets;
        this.times = times;
        this.announcer = announcer;
        this.clock = clock;
    }

    Future<?> answer(Codes<?> request) {
        return switch (request) {
            case Codes.PutByClientJwt put -> put(put);
            case Codes.PutBySession put -> put(put);
            case Codes.Take take -> take(take);
        };
    }

    private Future<Putting> put(Codes.PutByClientJwt request) {
        Instant now = clock.instant();
        ClientJwtStatement statement = read(request.statement(), now);
        if (statement == null || request.expiresAt().isAfter(now.plus(LONGEST))) {
            return Future.failedFuture(OAuthError.failure(Code.INVALID_GRANT, "the statement is not valid"));
        }
        Instant grantEnd = times.end(statement.family(), now);
        CodeOrder order =
                new CodeOrder(statement, request.code(), request.expiresAt(), GrantId.expiring(grantEnd), grantEnd);
        List<Limit> limits = throttle.clientJwt(statement);
        return limits.isEmpty() ? put(order, now) : put(order, limits, now);
    }

    private Future<Putting> put(CodeOrder order, Instant now) {
        return store.codes().put(order, now).map(refusal -> putting(order, refusal));
    }

    private Future<Putting> put(CodeOrder order, List<Limit> limits, Instant now) {
        ClientJwtStatement statement = order.statement();
        AuditLine line = AuditLine.of("jwt_login", statement.tenant()).client(statement.clientId());
        return Reservation.make(store.limits(), limits, line, now).compose(reserved -> put(order, now));
    }

    private @Nullable ClientJwtStatement read(Attestation attestation, Instant now) {
        ClientJwtStatement statement = attestor.verify(attestation, ClientJwtStatement.class);
        return statement != null && now.isBefore(statement.expiresAt()) ? statement : null;
    }

    private static Putting putting(CodeOrder order, @Nullable PutRefusal refusal) {
        ClientJwtStatement statement = order.statement();
        AuditLine.of("jwt_login", statement.tenant())
                .client(statement.clientId())
                .outcome(refusal == null ? (statement.user() == null ? "administrator" : "user") : refusal);
        return refusal == null ? new Putting.Stored(order.expiresAt()) : new Putting.Refused(refusal);
    }

    private Future<SessionPutting> put(Codes.PutBySession request) {
        Instant now = clock.instant();
        if (request.expiresAt().isAfter(now.plus(LONGEST))) {
            return Future.failedFuture(OAuthError.failure(Code.INVALID_GRANT, "the code may not live so long"));
        }
        Instant grantEnd = times.end(request.family(), now);
        SessionCodeOrder order = new SessionCodeOrder(request, GrantId.expiring(grantEnd), grantEnd);
        return store.codes().put(order, now).onSuccess(putting -> audit(request, putting));
    }

    /** Who must log in or consent first has decided nothing yet. */
    private static void audit(Codes.PutBySession request, SessionPutting putting) {
        if (putting instanceof SessionPutting.Stored || putting instanceof SessionPutting.ClientRefused) {
            AuditLine.of("authorization", request.tenant())
                    .client(request.clientId())
                    .with("sid", request.session().id().sid())
                    .with("consent", request.consent())
                    .outcome(putting instanceof SessionPutting.Stored ? "granted" : "client_refused");
        }
    }

    private Future<Taking> take(Codes.Take request) {
        Instant now = clock.instant();
        return store.codes().take(request, now).map(result -> taking(request, result, now));
    }

    private Taking taking(Codes.Take request, CodeResult result, Instant now) {
        return switch (result) {
            case CodeResult.Redeemed redeemed ->
                new Taking.Taken(
                        tickets.afterCode(redeemed, now),
                        tickets.profile(redeemed.user(), redeemed.code().scope(), now));
            case CodeResult.Refused refused -> {
                AuditLine.of("code_refused", request.tenant())
                        .client(request.clientId())
                        .outcome(refused.reason());
                yield new Taking.Refused(refused.reason(), announcer.denied(refused.denials()));
            }
        };
    }
}
