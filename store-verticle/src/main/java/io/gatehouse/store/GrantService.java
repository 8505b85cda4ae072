package io.gatehouse.store;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.Grants.Rotation;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.Ticket;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Answers {@link Grants}. */
final class GrantService {
    private final GrantStore.Grants grants;
    private final Tickets tickets;
    private final GrantTimes times;
    private final Announcer announcer;
    private final Clock clock;

    GrantService(GrantStore.Grants grants, Tickets tickets, GrantTimes times, Announcer announcer, Clock clock) {
        this.grants = grants;
        this.tickets = tickets;
        this.times = times;
        this.announcer = announcer;
        this.clock = clock;
    }

    Future<?> answer(Grants<?> request) {
        return switch (request) {
            case Grants.Open open -> open(open);
            case Grants.Rotate rotate -> rotate(rotate);
            case Grants.Unrotate unrotate -> unrotate(unrotate);
            case Grants.Revoke revoke -> revoke(revoke);
            case Grants.Find find -> grants.find(find, clock.instant()).map(Grants.Found::new);
        };
    }

    private Future<Grants.Opened> open(Grants.Open request) {
        Instant now = clock.instant();
        Ticket ticket = tickets.read(request.ticket(), now);
        if (ticket == null || !now.isBefore(ticket.grantExpiresAt())) {
            return refused("the ticket is not valid");
        }
        if (request.confirmation() != null && isBoundElsewhere(ticket, request.confirmation())) {
            return refused("the ticket is bound to another key");
        }
        Grant grant = grant(ticket, request, now);
        return grants.open(grant, now).compose(opening -> opened(grant, opening));
    }

    private static boolean isBoundElsewhere(Ticket ticket, String key) {
        return ticket.confirmation() != null && !ticket.confirmation().equals(key);
    }

    private Grant grant(Ticket ticket, Grants.Open request, Instant now) {
        return new Grant(
                ticket.tenant(),
                ticket.grant(),
                ticket.clientId(),
                ticket.subject(),
                ticket.family(),
                ticket.scope(),
                request.familySecret(),
                request.secret(),
                null,
                null,
                0,
                null,
                false,
                ticket.subjectEpoch(),
                ticket.clientEpoch(),
                request.confirmation(),
                ticket.sessionId(),
                ticket.authTime(),
                ticket.amr(),
                now,
                times.idleEnd(ticket.family(), now, ticket.grantExpiresAt()),
                ticket.grantExpiresAt(),
                null,
                ticket.claims(),
                ticket.consentEpoch(),
                ticket.access());
    }

    private static Future<Grants.Opened> opened(Grant grant, Opening opening) {
        AuditLine.of("grant_opened", grant.tenant())
                .client(grant.clientId())
                .subject(grant.subject())
                .grant(grant.id())
                .outcome(opening);
        return switch (opening) {
            case OPENED -> Future.succeededFuture(new Grants.Opened(grant.expiresAt()));
            case EXISTS -> Future.failedFuture(new OAuthError.Conflict("grant").failure());
            case SUBJECT_REFUSED, CLIENT_REFUSED -> refused("the user or the client was refused meanwhile");
        };
    }

    private static <T> Future<T> refused(String description) {
        return Future.failedFuture(OAuthError.failure(Code.INVALID_GRANT, description));
    }

    private Future<Rotation> rotate(Grants.Rotate request) {
        Instant now = clock.instant();
        return grants.rotate(request, now).map(result -> rotation(request, result, now));
    }

    private Rotation rotation(Grants.Rotate request, RotationResult result, Instant now) {
        return switch (result) {
            case RotationResult.Rotated rotated ->
                new Rotation.Rotated(
                        tickets.afterRefresh(rotated.standing(), now),
                        rotated.standing().grant().generation(),
                        profile(rotated.standing(), now));
            case RotationResult.Replayed replayed ->
                new Rotation.Replayed(
                        tickets.afterRefresh(replayed.standing(), now),
                        replayed.sealedSuccessor(),
                        profile(replayed.standing(), now));
            case RotationResult.Kept kept ->
                new Rotation.Kept(tickets.afterRefresh(kept.standing(), now), profile(kept.standing(), now));
            case RotationResult.Refused refused -> refused(request, refused);
        };
    }

    private @Nullable Attestation profile(Standing standing, Instant now) {
        return tickets.profile(standing.user(), standing.grant().scope(), now);
    }

    private Rotation refused(Grants.Rotate request, RotationResult.Refused refused) {
        AuditLine.of("refresh_refused", request.tenant())
                .client(request.clientId())
                .grant(request.grant())
                .outcome(refused.reason());
        return new Rotation.Refused(refused.reason(), announcer.denied(refused.denials()));
    }

    private Future<Grants.Unrotated> unrotate(Grants.Unrotate request) {
        return grants.unrotate(request).map(done -> {
            AuditLine.of("unrotate", request.tenant()).grant(request.grant()).outcome(done ? "undone" : "refused");
            return new Grants.Unrotated(done);
        });
    }

    private Future<Grants.Revoked> revoke(Grants.Revoke request) {
        return grants.revoke(request, clock.instant()).map(revoked -> {
            AuditLine.of("grant_revoked", request.tenant())
                    .client(request.clientId())
                    .grant(request.grant())
                    .outcome(revoked.outcome());
            announcer.denied(revoked.denials());
            return revoked;
        });
    }
}
