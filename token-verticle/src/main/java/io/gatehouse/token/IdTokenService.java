package io.gatehouse.token;

import io.gatehouse.common.message.IdTokens;
import io.vertx.core.Future;

/** Answers {@link IdTokens}. */
final class IdTokenService {
    private final HintReader hints;
    private final UserinfoSigner userinfo;
    private final LogoutSigner logouts;
    private final AuthorizationResponseSigner responses;
    private final IntrospectionSigner introspections;

    IdTokenService(
            HintReader hints,
            UserinfoSigner userinfo,
            LogoutSigner logouts,
            AuthorizationResponseSigner responses,
            IntrospectionSigner introspections) {
        this.hints = hints;
        this.userinfo = userinfo;
        this.logouts = logouts;
        this.responses = responses;
        this.introspections = introspections;
    }

    /** @throws io.gatehouse.common.error.OAuthFailure as the messages say */
    Future<?> answer(IdTokens<?> request) {
        return switch (request) {
            case IdTokens.ReadHint read -> hints.read(read);
            case IdTokens.ReadSubject read -> hints.read(read);
            case IdTokens.TellSubject tell -> hints.tell(tell);
            case IdTokens.SignUserinfo sign -> userinfo.sign(sign);
            case IdTokens.SignLogout sign -> logouts.sign(sign);
            case IdTokens.SignAuthorizationResponse sign -> responses.sign(sign);
            case IdTokens.SignIntrospection sign -> introspections.sign(sign);
        };
    }
}
