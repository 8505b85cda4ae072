package io.gatehouse.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.token.TenantSignatures.Named;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens that a tenant's own keys signed, read once each. What is remembered is only what a right signature said: the
 * time is the asker's question, and the key must be there every time. For one event loop.
 */
final class VerifiedTokens<T extends VerifiedTokens.Signed> {
    /** What was read of one. */
    interface Signed {
        /** The key that it was signed with. */
        String kid();
    }

    /** Reads claims whose signature was right. */
    interface Reader<T> {
        /** Null where they are not those of a token that counts for the asker. */
        @Nullable
        T read(String tenant, String kid, JsonNode claims);
    }

    private record Seen(String tenant, Digest token) {}

    private final TenantSignatures signatures;
    private final Reader<T> reader;
    private final Cache<Seen, T> seen;

    /** @param remembered how many at most */
    VerifiedTokens(TenantSignatures signatures, Reader<T> reader, int remembered) {
        this.signatures = signatures;
        this.reader = reader;
        this.seen = Caffeine.newBuilder()
                .maximumSize(remembered)
                .executor(Runnable::run)
                .build();
    }

    /** Null where it is none, or the reader does not take it. */
    Future<@Nullable T> find(String tenant, Secret token) {
        if (token.value().length() > CompactJws.MAX_LENGTH) {
            return Future.succeededFuture();
        }
        Seen memo = new Seen(tenant, token.digest());
        T known = seen.getIfPresent(memo);
        return known != null && signatures.knows(tenant, known.kid())
                ? Future.succeededFuture(known)
                : verify(tenant, token).onSuccess(right -> remember(memo, right));
    }

    private void remember(Seen memo, @Nullable T right) {
        if (right != null) {
            seen.put(memo, right);
        }
    }

    private Future<@Nullable T> verify(String tenant, Secret token) {
        CompactJws jws = parsed(token);
        Named named = jws == null ? null : named(jws);
        if (jws == null || named == null) {
            return Future.succeededFuture();
        }
        return signatures.isRight(tenant, jws, named).map(right -> right ? read(tenant, named.kid(), jws) : null);
    }

    private @Nullable T read(String tenant, String kid, CompactJws jws) {
        JsonNode claims = StrictJson.object(jws.payload());
        return claims == null ? null : reader.read(tenant, kid, claims);
    }

    private static @Nullable CompactJws parsed(Secret token) {
        try {
            return CompactJws.parse(token.reveal(), IllegalArgumentException::new);
        } catch (IllegalArgumentException none) {
            return null;
        }
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
}
