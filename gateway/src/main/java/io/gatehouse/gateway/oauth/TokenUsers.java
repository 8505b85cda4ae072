package io.gatehouse.gateway.oauth;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.UserSeal;
import io.gatehouse.common.verify.AccessToken;
import io.vertx.core.Future;

/** Finds whose an access token is that tells its client a pairwise subject only. */
final class TokenUsers {
    private final DailyKeys keys;

    TokenUsers(DailyKeys keys) {
        this.keys = keys;
    }

    /**
     * @param sealed the claim {@link UserSeal#CLAIM} of the same token, whose signature was right
     * @return the token with its user; fails with invalid_token where it can't be told
     */
    Future<AccessToken> open(AccessToken token, String sealed) {
        return keys.find()
                .compose(known -> UserSeal.isNewer(known, sealed) ? keys.findAgain() : Future.succeededFuture(known))
                .map(known -> {
                    UserSeal.User user = UserSeal.open(known, token.tenant(), token.jti(), sealed);
                    if (user == null) {
                        throw OAuthError.failure(
                                Code.INVALID_TOKEN, "whose access token it is can't be told any more: log in again");
                    }
                    return token.of(user);
                });
    }
}
