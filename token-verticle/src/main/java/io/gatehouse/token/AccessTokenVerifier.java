package io.gatehouse.token;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.TokenFamily;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies users' access tokens with the tenant's own keys, so that a captured gateway can't make any up. Whether one was
 * revoked is the gateway's question. For one event loop.
 */
final class AccessTokenVerifier {
    private static final int REMEMBERED = 5_000;

    private final VerifiedTokens<UserToken> tokens;
    private final AuditLog audit;

    AccessTokenVerifier(TokenPolicy policy, TenantSignatures signatures, TokenUsers users, AuditLog audit) {
        this.tokens = new VerifiedTokens<>(
                signatures,
                (tenant, kid, claims) -> UserToken.read(
                        kid, policy.issuerOf(tenant), policy.audienceOf(tenant), users.subject(tenant, claims), claims),
                REMEMBERED);
        this.audit = audit;
    }

    /**
     * @param families that count here
     * @param proved the key that was proved with the token; null: none, so that only a bearer token counts
     * @return the token, valid now; fails with invalid_token where it is none
     */
    Future<UserToken> verify(
            String tenant, Secret token, Set<TokenFamily> families, @Nullable String proved, Instant now) {
        return tokens.find(tenant, token).map(right -> {
            if (right == null || !families.contains(right.family()) || !Objects.equals(right.confirmation(), proved)) {
                throw unfit(tenant);
            }
            return current(right, now);
        });
    }

    private static UserToken current(UserToken token, Instant now) {
        if (!now.isBefore(token.expiresAt())) {
            throw OAuthError.failure(Code.INVALID_TOKEN, "the access token has expired");
        }
        return token;
    }

    // An honest gateway has inspected the token before.
    private RuntimeException unfit(String tenant) {
        audit.refused(tenant, "unfit_access_token");
        return OAuthError.failure(Code.INVALID_TOKEN, "the access token is no user's token of this server");
    }
}
