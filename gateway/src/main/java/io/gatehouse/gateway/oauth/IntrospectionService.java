package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.model.Grant;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * Token introspection (RFC 7662). A confidential client may ask about tokens for the default audience, and about its
 * own; who may not ask learns nothing but that the token is not active for it.
 */
public final class IntrospectionService {
    /** What a token is; both null: not active, or none of the caller's business. */
    public record Answer(
            @Nullable AccessToken accessToken, @Nullable Grant refreshToken) {
        static final Answer INACTIVE = new Answer(null, null);
    }

    private final Bus bus;
    private final TokenInspector inspector;
    private final DefaultAudience defaultAudience;

    IntrospectionService(Bus bus, TokenInspector inspector, DefaultAudience defaultAudience) {
        this.bus = bus;
        this.inspector = inspector;
        this.defaultAudience = defaultAudience;
    }

    public Future<Answer> introspect(AuthenticatedClient caller, String token) {
        if (caller.client().isPublic()) {
            return Future.succeededFuture(Answer.INACTIVE);
        }
        RefreshToken refreshToken = RefreshToken.parse(token);
        return refreshToken == null ? accessToken(caller, token) : refreshToken(caller, refreshToken);
    }

    private Future<Answer> accessToken(AuthenticatedClient caller, String token) {
        return inspector
                .examine(caller.tenant(), token)
                .map(found -> mayAsk(caller, found) ? new Answer(found, null) : Answer.INACTIVE)
                .recover(IntrospectionService::inactive);
    }

    private boolean mayAsk(AuthenticatedClient caller, AccessToken token) {
        return token.clientId().equals(caller.clientId())
                || defaultAudience.isOf(token)
                || token.audience().contains(caller.clientId());
    }

    private Future<Answer> refreshToken(AuthenticatedClient caller, RefreshToken token) {
        return bus.ask(new Grants.Find(
                        caller.tenant(), caller.clientId(), token.grant(), token.familyDigest(), token.secretDigest()))
                .map(found -> found.grant() == null ? Answer.INACTIVE : new Answer(null, found.grant()));
    }

    private static Future<Answer> inactive(Throwable failure) {
        return Refusals.is(failure, Code.INVALID_TOKEN)
                ? Future.succeededFuture(Answer.INACTIVE)
                : Future.failedFuture(failure);
    }
}
