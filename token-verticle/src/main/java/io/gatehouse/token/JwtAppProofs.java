package io.gatehouse.token;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.JwtAppTokens.Proof;
import io.gatehouse.common.message.JwtAppTokens.Proof.ByAccessToken;
import io.gatehouse.common.message.JwtAppTokens.Proof.ByTicket;
import io.gatehouse.common.model.Ticket;
import io.gatehouse.common.model.TokenFamily;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Set;

/** Checks by what a JWT for an app is asked for: that its user is there. */
final class JwtAppProofs {
    /** The logins that JWTs for apps are given after. */
    private static final TokenFamily FAMILY = TokenFamily.LOGINRADIUS;

    /** The access tokens that show that their user is there. */
    private static final Set<TokenFamily> OF_USERS = Set.of(TokenFamily.LOGINRADIUS, TokenFamily.OAUTH);

    private final Authorities authorities;
    private final AccessTokenVerifier accessTokens;
    private final AuditLog audit;

    JwtAppProofs(Authorities authorities, AccessTokenVerifier accessTokens, AuditLog audit) {
        this.authorities = authorities;
        this.accessTokens = accessTokens;
        this.audit = audit;
    }

    /** @return who is there; fails with invalid_token where that is not shown */
    Future<Presence> check(String tenant, Proof proof, Instant now) {
        return switch (proof) {
            case ByTicket by -> Future.succeededFuture(ticket(tenant, by.ticket(), now));
            case ByAccessToken by ->
                accessTokens
                        .verify(tenant, by.accessToken(), OF_USERS, null, now)
                        .map(JwtAppProofs::user);
        };
    }

    /** An app is told the user's id: whoever may not know it could fetch it there. */
    private static Presence user(UserToken token) {
        if (token.isPairwise()) {
            throw OAuthError.failure(
                    Code.INVALID_TOKEN,
                    "the access token's client knows pairwise subjects only: it gets no JWTs for apps");
        }
        return token.user();
    }

    private Presence ticket(String tenant, Attestation attestation, Instant now) {
        Ticket ticket = authorities.ticket(tenant, attestation, now, Code.INVALID_TOKEN);
        if (ticket.family() != FAMILY) {
            audit.refused(tenant, "ticket_of_another_family");
            throw OAuthError.failure(Code.INVALID_TOKEN, "this login gives no JWTs for apps");
        }
        return new Presence(ticket.subject(), ticket.subjectEpoch(), ticket.grantExpiresAt());
    }
}
