package io.gatehouse.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.common.message.UserSeal;
import io.gatehouse.common.model.Ticket;
import org.jspecify.annotations.Nullable;

/** Whose access tokens they are, beneath the names that their clients know. */
final class TokenUsers {
    private final DailyPageKeys keys;

    TokenUsers(DailyPageKeys keys) {
        this.keys = keys;
    }

    /** What the token holds for gateways; null where its client may read whose it is. */
    @Nullable
    String sealed(Entitlement who, AccessToken token) {
        Ticket ticket = who.ticket();
        return ticket == null || ticket.sector() == null
                ? null
                : sealed(
                        ticket.tenant(), token.jti(), new UserSeal.User(ticket.subject(), AccessToken.session(ticket)));
    }

    /** What the token of that {@code jti} holds for gateways. */
    String sealed(String tenant, String jti, UserSeal.User owner) {
        return UserSeal.seal(keys.get(), tenant, jti, owner);
    }

    /** The subject of an access token whose signature was right; null where it can't be told. */
    @Nullable
    String subject(String tenant, JsonNode claims) {
        UserSeal.User owner = owner(tenant, claims);
        return owner == null ? null : owner.subject();
    }

    /** Likewise, with the session as the store knows it. */
    UserSeal.@Nullable User owner(String tenant, JsonNode claims) {
        String sub = JwtClaims.text(claims, "sub");
        if (!claims.has(UserSeal.CLAIM)) {
            return sub == null ? null : new UserSeal.User(sub, JwtClaims.text(claims, "sid"));
        }
        String jti = JwtClaims.text(claims, "jti");
        String sealed = JwtClaims.text(claims, UserSeal.CLAIM);
        return sub == null || jti == null || sealed == null ? null : UserSeal.open(keys.get(), tenant, jti, sealed);
    }
}
