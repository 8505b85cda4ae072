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
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.Ticket;
import io.gatehouse.common.model.TokenTerms;
import io.gatehouse.common.verify.RevocationList;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges a refresh token (RFC 6749, section 6): the store rotates, the token role signs. The successor is made and
 * sealed here, so that the store never sees it and a replay within the window gets the same one.
 */
public final class RefreshService {
    /**
     * @param statement null: a built-in client, about which nobody states anything
     * @param terms null: those of the grant
     */
    private record Asker(
            String tenant,
            String clientId,
            @Nullable Attestation statement,
            @Nullable TokenTerms terms) {}

    private final Bus bus;
    private final RevocationList revocations;

    RefreshService(Bus bus, RevocationList revocations) {
        this.bus = bus;
        this.revocations = revocations;
    }

    /**
     * For the built-in client of a path, which gets no ID tokens.
     *
     * @param scope null: all that was granted
     * @return fails with invalid_grant, whatever was wrong with the token
     */
    public Future<TokenResponse> refresh(String tenant, String clientId, String token, @Nullable Scope scope) {
        return refresh(new Asker(tenant, clientId, null, null), token, scope);
    }

    /** As the other, for a client that authenticated. */
    Future<TokenResponse> refresh(
            AuthenticatedClient client, String token, @Nullable Scope scope, @Nullable TokenTerms terms) {
        return refresh(new Asker(client.tenant(), client.clientId(), client.statement(), terms), token, scope);
    }

    private Future<TokenResponse> refresh(Asker asker, String token, @Nullable Scope scope) {
        RefreshToken presented = RefreshToken.parse(token);
        if (presented == null) {
            return Future.failedFuture(invalid());
        }
        RefreshToken successor = presented.successor();
        Bytes sealed = presented.seal(successor, asker.tenant(), asker.clientId());
        return bus.ask(new Grants.Rotate(
                        asker.tenant(),
                        asker.clientId(),
                        presented.grant(),
                        presented.familyDigest(),
                        presented.secretDigest(),
                        successor.secretDigest(),
                        sealed,
                        asker.terms() == null ? null : asker.terms().confirmation()))
                .compose(rotation -> answer(rotation, asker, presented, successor, scope));
    }

    private Future<TokenResponse> answer(
            Rotation rotation, Asker asker, RefreshToken presented, RefreshToken successor, @Nullable Scope scope) {
        return switch (rotation) {
            case Rotated rotated ->
                issue(asker, rotated.ticket(), rotated.profile(), scope, successor)
                        .recover(failure -> undo(asker.tenant(), presented, rotated.generation(), failure));
            case Replayed replayed -> replay(replayed, asker, presented, scope);
            case Kept kept -> issue(asker, kept.ticket(), kept.profile(), scope, presented);
            case Refused refused -> {
                revocations.add(refused.denials());
                yield Future.failedFuture(invalid());
            }
        };
    }

    private Future<TokenResponse> replay(
            Replayed replayed, Asker asker, RefreshToken presented, @Nullable Scope scope) {
        RefreshToken successor = presented.open(replayed.sealedSuccessor(), asker.tenant(), asker.clientId());
        return successor == null
                ? Future.failedFuture(invalid())
                : issue(asker, replayed.ticket(), replayed.profile(), scope, successor);
    }

    private Future<TokenResponse> issue(
            Asker asker,
            Attestation attested,
            @Nullable Attestation profile,
            @Nullable Scope scope,
            RefreshToken refreshToken) {
        Ticket ticket = attested.read(Ticket.class);
        Scope wanted = scope == null ? ticket.scope() : scope;
        return bus.ask(IdTokenWish.issue(attested, ticket, wanted, asker.statement(), profile, asker.terms()))
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
