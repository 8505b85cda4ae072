package io.gatehouse.token;

import io.gatehouse.common.message.IdTokens;
import io.vertx.core.Future;

/** Answers {@link IdTokens}. */
final class IdTokenService {
    private final HintReader hints;
    private final UserinfoSigner userinfo;
    private final LogoutSigner logouts;
    private final AuthorizationResponseSigner responses;

    IdTokenService(
            HintReader hints, UserinfoSigner userinfo, LogoutSigner logouts, AuthorizationResponseSigner responses) {
        this.hints = hints;
        this.userinfo = userinfo;
        this.logouts = logouts;
        this.responses = responses;
    }

    /** @throws io.gatehouse.common.error.OAuthFailure as the messages say */
    Future<?> answer(IdTokens<?> request) {
        return switch (request) {
            case IdTokens.ReadHint read -> hints.read(read);
            case IdTokens.SignUserinfo sign -> userinfo.sign(sign);
            case IdTokens.SignLogout sign -> logouts.sign(sign);
            case IdTokens.SignAuthorizationResponse sign -> responses.sign(sign);
        };
    }
}
