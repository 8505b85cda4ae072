package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.IdTokens;
import io.gatehouse.common.model.AccessLimits;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.verify.AccessToken;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * Token introspection (RFC 7662). A confidential client may ask about its own tokens, and about those for a service that it is;
 * who may not ask learns nothing but that the token is not active for it.
 */
public final class IntrospectionService {
    /**
     * What a token is; both null: not active, or none of the caller's business.
     *
     * @param subject whose the refresh token is, as its client knows the user; else null
     */
    public record Answer(
            @Nullable AccessToken accessToken,
            @Nullable Grant refreshToken,
            @Nullable String subject) {
        static final Answer INACTIVE = new Answer(null, null, null);

        public boolean isActive() {
            return accessToken != null || refreshToken != null;
        }
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
                .map(found -> mayAsk(caller, found) ? new Answer(found, null, null) : Answer.INACTIVE)
                .recover(IntrospectionService::inactive);
    }

    /**
     * The same as a JWT for the caller (RFC 9701), of an access token or of one that is not active.
     *
     * @param token that the answer is about; the token role verifies it once more
     * @return fails with invalid_token where it has expired meanwhile
     */
    public Future<Secret> sign(AuthenticatedClient caller, Answer answer, String token) {
        return bus.ask(new IdTokens.SignIntrospection(
                        caller.tenant(), caller.statement(), answer.accessToken() == null ? null : Secret.of(token)))
                .map(IdTokens.Signed::jwt);
    }

    private boolean mayAsk(AuthenticatedClient caller, AccessToken token) {
        if (token.clientId().equals(caller.clientId()) || token.audience().contains(caller.clientId())) {
            return true;
        }
        AccessLimits limits = caller.client().extensions().access();
        boolean serves = limits != null && token.audience().stream().anyMatch(limits.serves()::contains);
        return serves || maySeeDefault(caller, limits, token);
    }

    /**
     * A client that says what it serves says so of the default audience as well. One that says nothing serves that, but for
     * those whom nobody declared, or who are held to a profile.
     */
    private boolean maySeeDefault(AuthenticatedClient caller, @Nullable AccessLimits limits, AccessToken token) {
        if (!defaultAudience.isOf(token)) {
            return false;
        }
        if (limits != null
                && (limits.servesDefaultAudience() || !limits.serves().isEmpty())) {
            return limits.servesDefaultAudience();
        }
        return caller.client().selfRegistration() == null
                && !caller.client().extensions().isFapi();
    }

    private Future<Answer> refreshToken(AuthenticatedClient caller, RefreshToken token) {
        return bus.ask(new Grants.Find(
                        caller.tenant(), caller.clientId(), token.grant(), token.familyDigest(), token.secretDigest()))
                .compose(found -> found.grant() == null
                        ? Future.succeededFuture(Answer.INACTIVE)
                        : subject(caller, found.grant()).map(subject -> new Answer(null, found.grant(), subject)));
    }

    private Future<String> subject(AuthenticatedClient owner, Grant grant) {
        return owner.client().registration().sector() == null
                ? Future.succeededFuture(grant.subject())
                : bus.ask(new IdTokens.TellSubject(owner.tenant(), grant.subject(), owner.statement()))
                        .map(IdTokens.SubjectTold::sub);
    }

    private static Future<Answer> inactive(Throwable failure) {
        return Refusals.is(failure, Code.INVALID_TOKEN)
                ? Future.succeededFuture(Answer.INACTIVE)
                : Future.failedFuture(failure);
    }
}
