package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.Grants.Rotation;
import io.gatehouse.common.message.Grants.Rotation.Kept;
import io.gatehouse.common.message.Grants.Rotation.Refused;
import io.gatehouse.common.message.Grants.Rotation.Replayed;
import io.gatehouse.common.message.Grants.Rotation.Rotated;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.message.Issuer.Authority.ByTicket;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.Ticket;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges a refresh token (RFC 6749, section 6): the store rotates, the token role signs. The successor is made and
 * sealed here, so that the store never sees it and a replay within the window gets the same one.
 */
public final class RefreshService {
    private final Bus bus;
    private final RevocationList revocations;

    RefreshService(Bus bus, RevocationList revocations) {
        this.bus = bus;
        this.revocations = revocations;
    }

    /**
     * @param clientId that authenticated, or the built-in client of the path
     * @param scope null: all that was granted
     * @return fails with invalid_grant, whatever was wrong with the token
     */
    public Future<TokenResponse> refresh(String tenant, String clientId, String token, @Nullable Scope scope) {
        RefreshToken presented = RefreshToken.parse(token);
        if (presented == null) {
            return Future.failedFuture(invalid());
        }
        RefreshToken successor = presented.successor();
        Bytes sealed = presented.seal(successor, tenant, clientId);
        return bus.ask(new Grants.Rotate(
                        tenant,
                        clientId,
                        presented.grant(),
                        presented.familyDigest(),
                        presented.secretDigest(),
                        successor.secretDigest(),
                        sealed,
                        null))
                .compose(rotation -> answer(rotation, tenant, clientId, presented, successor, scope));
    }

    private Future<TokenResponse> answer(
            Rotation rotation,
            String tenant,
            String clientId,
            RefreshToken presented,
            RefreshToken successor,
            @Nullable Scope scope) {
        return switch (rotation) {
            case Rotated rotated ->
                issue(tenant, rotated.ticket(), scope, successor)
                        .recover(failure -> undo(tenant, presented, rotated.generation(), failure));
            case Replayed replayed -> replay(replayed, tenant, clientId, presented, scope);
            case Kept kept -> issue(tenant, kept.ticket(), scope, presented);
            case Refused refused -> {
                revocations.add(refused.denials());
                yield Future.failedFuture(invalid());
            }
        };
    }

    private Future<TokenResponse> replay(
            Replayed replayed, String tenant, String clientId, RefreshToken presented, @Nullable Scope scope) {
        RefreshToken successor = presented.open(replayed.sealedSuccessor(), tenant, clientId);
        return successor == null ? Future.failedFuture(invalid()) : issue(tenant, replayed.ticket(), scope, successor);
    }

    private Future<TokenResponse> issue(
            String tenant, Attestation ticket, @Nullable Scope scope, RefreshToken refreshToken) {
        Scope wanted = scope == null ? ticket.read(Ticket.class).scope() : scope;
        return bus.ask(new Issuer.Issue(tenant, new ByTicket(ticket), wanted))
                .map(issued -> TokenResponse.of(issued, refreshToken));
    }

    /** A rotation whose token was not signed is taken back: the client still holds the presented one. */
    private Future<TokenResponse> undo(String tenant, RefreshToken presented, long generation, Throwable failure) {
        return bus.ask(new Grants.Unrotate(tenant, presented.grant(), generation))
                .transform(done -> Future.failedFuture(failure));
    }

    private static RuntimeException invalid() {
        return OAuthError.failure(
                Code.INVALID_GRANT, "the refresh token is invalid, expired, revoked or another client's: log in again");
    }
}
