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
                : UserSeal.seal(
                        keys.get(),
                        ticket.tenant(),
                        token.jti(),
                        new UserSeal.User(ticket.subject(), AccessToken.session(ticket)));
    }

    /** The subject of an access token whose signature was right; null where it can't be told. */
    @Nullable
    String subject(String tenant, JsonNode claims) {
        String sub = JwtClaims.text(claims, "sub");
        if (!claims.has(UserSeal.CLAIM)) {
            return sub;
        }
        String jti = JwtClaims.text(claims, "jti");
        String sealed = JwtClaims.text(claims, UserSeal.CLAIM);
        UserSeal.User user =
                sub == null || jti == null || sealed == null ? null : UserSeal.open(keys.get(), tenant, jti, sealed);
        return user == null ? null : user.subject();
    }
}
