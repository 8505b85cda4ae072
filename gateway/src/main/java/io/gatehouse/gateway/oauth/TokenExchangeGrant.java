package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.message.Issuer.Exchange;
import io.gatehouse.common.model.RequestedAccess;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.TokenTerms;
import io.gatehouse.common.verify.AccessToken;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * RFC 8693: a client makes a token of another one. This looks at whether the tokens that it shows were revoked; all else the
 * token role decides. A token that is bound to a key is taken without a proof by it, since the client authenticates: what it
 * gets is bound to the key that this request proves, if it proves one.
 */
final class TokenExchangeGrant implements Grant {
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    private static final String JWT = "urn:ietf:params:oauth:token-type:jwt";
    private static final List<String> TYPES = List.of(ACCESS_TOKEN, JWT);

    private final Bus bus;
    private final TokenInspector inspector;

    TokenExchangeGrant(Bus bus, TokenInspector inspector) {
        this.bus = bus;
        this.inspector = inspector;
    }

    @Override
    public String grantType() {
        return Issuer.TOKEN_EXCHANGE;
    }

    @Override
    public Future<TokenResponse> grant(GrantRequest request) {
        AuthenticatedClient client = request.client();
        Parameters parameters = request.parameters();
        String wanted = wanted(parameters.get("requested_token_type"));
        Secret subject = token(parameters, "subject_token");
        Secret actor = actor(parameters);
        String scope = parameters.get("scope");
        Exchange exchange = new Exchange(
                client.tenant(),
                ClientProof.of(client, grantType()),
                subject,
                actor,
                scope == null ? null : Scope.parse(scope),
                terms(request));
        return inspect(client.tenant(), "subject_token", subject)
                .compose(current ->
                        actor == null ? Future.succeededFuture() : inspect(client.tenant(), "actor_token", actor))
                .compose(current -> bus.ask(exchange))
                .map(issued -> TokenResponse.of(issued, null).ofType(wanted));
    }

    private static String wanted(@Nullable String type) {
        if (type != null && !TYPES.contains(type)) {
            throw invalid("requested_token_type must be " + ACCESS_TOKEN + " or " + JWT);
        }
        return type == null ? ACCESS_TOKEN : type;
    }

    private static Secret token(Parameters parameters, String name) {
        String token = parameters.require(name);
        if (!TYPES.contains(parameters.require(name + "_type"))) {
            throw invalid(name + "_type must be " + ACCESS_TOKEN + " or " + JWT);
        }
        return Secret.of(token);
    }

    /** RFC 8693, section 2.1: its type comes with it, and never without. */
    private static @Nullable Secret actor(Parameters parameters) {
        if (parameters.get("actor_token") != null) {
            return token(parameters, "actor_token");
        }
        if (parameters.get("actor_token_type") != null) {
            throw invalid("actor_token_type is given without actor_token: send both or neither");
        }
        return null;
    }

    private static @Nullable TokenTerms terms(GrantRequest request) {
        TokenTerms terms = request.terms();
        RequestedAccess access = ResourceIndicators.withAudience(
                request.client().client(), request.parameters(), terms == null ? null : terms.access());
        String key = terms == null ? null : terms.confirmation();
        return key == null && access == null ? null : new TokenTerms(key, access);
    }

    private Future<AccessToken> inspect(String tenant, String name, Secret token) {
        return inspector.examine(tenant, token.reveal()).recover(failure -> refused(name, failure));
    }

    /** RFC 8693, section 2.2.2. */
    private static Future<AccessToken> refused(String name, Throwable failure) {
        if (Refusals.is(failure, Code.INVALID_TOKEN)
                && failure instanceof OAuthFailure known
                && known.error() instanceof OAuthError.Protocol protocol) {
            return Future.failedFuture(invalid(name + " does not count: " + protocol.description()));
        }
        return Future.failedFuture(failure);
    }

    private static RuntimeException invalid(String description) {
        return OAuthError.failure(Code.INVALID_REQUEST, description);
    }
}
