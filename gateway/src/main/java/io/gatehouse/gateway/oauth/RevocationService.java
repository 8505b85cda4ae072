package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.Grants.Outcome;
import io.gatehouse.common.message.Revocations;
import io.gatehouse.common.verify.AccessToken;
import io.gatehouse.common.verify.RevocationList;
import io.vertx.core.Future;

/**
 * Token revocation (RFC 7009). A refresh token takes its grant along and every token from it; an access token goes
 * alone. Success means that it is durable and that this process refuses the token from now on.
 */
public final class RevocationService {
    private final Bus bus;
    private final TokenInspector inspector;
    private final RevocationList revocations;

    RevocationService(Bus bus, TokenInspector inspector, RevocationList revocations) {
        this.bus = bus;
        this.inspector = inspector;
        this.revocations = revocations;
    }

    /** @return fails with unauthorized_client for another client's token; an invalid token is a success (section 2.2) */
    public Future<Void> revoke(AuthenticatedClient caller, String token) {
        RefreshToken refreshToken = RefreshToken.parse(token);
        return refreshToken == null ? accessToken(caller, token) : refreshToken(caller, refreshToken);
    }

    /** For whom it is enough to show an access token: that one goes, in its own client's name. */
    public Future<Void> revoke(AccessToken token) {
        return deny(token);
    }

    private Future<Void> refreshToken(AuthenticatedClient caller, RefreshToken token) {
        return bus.ask(new Grants.Revoke(caller.tenant(), caller.clientId(), token.grant(), token.familyDigest()))
                .map(revoked -> {
                    if (revoked.outcome() == Outcome.FOREIGN) {
                        throw foreign();
                    }
                    revocations.add(revoked.denials());
                    return null;
                });
    }

    private Future<Void> accessToken(AuthenticatedClient caller, String token) {
        return inspector
                .examine(caller.tenant(), token)
                .compose(found -> deny(caller, found))
                .recover(RevocationService::alreadyInvalid);
    }

    private Future<Void> deny(AuthenticatedClient caller, AccessToken token) {
        return token.clientId().equals(caller.clientId()) ? deny(token) : Future.failedFuture(foreign());
    }

    private Future<Void> deny(AccessToken token) {
        return bus.ask(new Revocations.DenyToken(
                        token.tenant(), token.clientId(), token.jti(), token.expiresAt(), token.gid()))
                .map(denied -> {
                    revocations.add(denied.denials());
                    return null;
                });
    }

    private static Future<Void> alreadyInvalid(Throwable failure) {
        return Refusals.is(failure, Code.INVALID_TOKEN) ? Future.succeededFuture() : Future.failedFuture(failure);
    }

    private static RuntimeException foreign() {
        return OAuthError.failure(Code.UNAUTHORIZED_CLIENT, "the token was not issued to this client");
    }
}
