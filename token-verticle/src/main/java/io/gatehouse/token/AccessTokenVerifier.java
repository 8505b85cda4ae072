package io.gatehouse.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.token.TenantSignatures.Named;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies users' access tokens with the tenant's own keys, so that a captured gateway can't make any up. Whether one was
 * revoked is the gateway's question. What is remembered is only what a right signature said; the time is looked at and
 * the key must be there every time. For one event loop.
 */
final class AccessTokenVerifier {
    private record Seen(String tenant, Digest token) {}

    private static final int REMEMBERED = 5_000;

    private final TokenPolicy policy;
    private final TenantSignatures signatures;
    private final TokenUsers users;
    private final AuditLog audit;
    private final Cache<Seen, UserToken> seen = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    AccessTokenVerifier(TokenPolicy policy, TenantSignatures signatures, TokenUsers users, AuditLog audit) {
        this.policy = policy;
        this.signatures = signatures;
        this.users = users;
        this.audit = audit;
    }

    /**
     * @param families that count here
     * @param proved the key that was proved with the token; null: none, so that only a bearer token counts
     * @return the token, valid now; fails with invalid_token where it is none
     */
    Future<UserToken> verify(
            String tenant, Secret token, Set<TokenFamily> families, @Nullable String proved, Instant now) {
        if (token.value().length() > CompactJws.MAX_LENGTH) {
            return Future.failedFuture(unfit(tenant));
        }
        Seen memo = new Seen(tenant, token.digest());
        UserToken known = seen.getIfPresent(memo);
        Future<UserToken> verified = known != null && signatures.knows(tenant, known.kid())
                ? Future.succeededFuture(known)
                : verify(tenant, token).onSuccess(right -> seen.put(memo, right));
        return verified.map(right -> {
            if (!families.contains(right.family()) || !Objects.equals(right.confirmation(), proved)) {
                throw unfit(tenant);
            }
            return current(right, now);
        });
    }

    private Future<UserToken> verify(String tenant, Secret token) {
        CompactJws jws = CompactJws.parse(token.reveal(), reason -> unfit(tenant));
        Named named = named(jws);
        if (named == null) {
            return Future.failedFuture(unfit(tenant));
        }
        return signatures.isRight(tenant, jws, named).map(right -> {
            UserToken read = right ? read(tenant, named.kid(), jws) : null;
            if (read == null) {
                throw unfit(tenant);
            }
            return read;
        });
    }

    private @Nullable UserToken read(String tenant, String kid, CompactJws jws) {
        JsonNode claims = StrictJson.object(jws.payload());
        return claims == null
                ? null
                : UserToken.read(
                        kid, policy.issuerOf(tenant), policy.audienceOf(tenant), users.subject(tenant, claims), claims);
    }

    private static UserToken current(UserToken token, Instant now) {
        if (!now.isBefore(token.expiresAt())) {
            throw OAuthError.failure(Code.INVALID_TOKEN, "the access token has expired");
        }
        return token;
    }

    /** Null where the header is not one of an access token of ours. */
    private static @Nullable Named named(CompactJws jws) {
        JsonNode header = StrictJson.object(jws.header());
        return header != null
                        && TokenType.ACCESS_TOKEN
                                .typ()
                                .equals(header.path("typ").textValue())
                ? Named.of(header)
                : null;
    }

    // An honest gateway has inspected the token before.
    private RuntimeException unfit(String tenant) {
        audit.refused(tenant, "unfit_access_token");
        return OAuthError.failure(Code.INVALID_TOKEN, "the access token is no user's token of this server");
    }
}
