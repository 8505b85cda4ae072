package io.gatehouse.gateway.oauth;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The pipeline of the token endpoint: authenticate the client, find the grant, let it grant. The client comes first, so
 * that a stranger can neither burn a code nor learn which grants a client may use.
 */
public final class TokenService {
    private final ClientAuthenticator clients;
    private final Map<String, Grant> grants;

    TokenService(ClientAuthenticator clients, List<Grant> grants) {
        this.clients = clients;
        this.grants = grants.stream().collect(Collectors.toMap(Grant::grantType, Function.identity()));
    }

    public Future<TokenResponse> token(TokenRequest request) {
        return clients.authenticate(request.tenant(), request.credentials())
                .compose(client -> grant(client, request.parameters()));
    }

    /** What metadata may promise. */
    public Set<String> grantTypes() {
        return new TreeSet<>(grants.keySet());
    }

    private Future<TokenResponse> grant(AuthenticatedClient client, Parameters parameters) {
        Grant grant = find(parameters.require("grant_type"));
        if (!client.client().mayUse(grant.grantType())) {
            throw OAuthError.failure(
                    Code.UNAUTHORIZED_CLIENT, "this client is not registered for grant_type " + grant.grantType());
        }
        return grant.grant(new GrantRequest(client, parameters, null));
    }

    private Grant find(String grantType) {
        @Nullable Grant grant = grants.get(grantType);
        if (grant == null) {
            throw OAuthError.failure(
                    Code.UNSUPPORTED_GRANT_TYPE,
                    "grant_type is not one of those that the metadata lists in grant_types_supported");
        }
        return grant;
    }
}
