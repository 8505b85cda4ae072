package io.gatehouse.gateway.oauth;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.RequestedAccess;
import io.gatehouse.common.model.TokenTerms;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The pipeline of the token endpoint: authenticate the client, find the grant, verify the proof of a key, let it grant. The
 * client comes first, so that a stranger can neither burn a code nor learn which grants a client may use.
 */
public final class TokenService {
    private final ClientAuthenticator clients;
    private final DpopProofs proofs;
    private final RequestedAccessReader access;
    private final Map<String, Grant> grants;

    TokenService(ClientAuthenticator clients, DpopProofs proofs, RequestedAccessReader access, List<Grant> grants) {
        this.clients = clients;
        this.proofs = proofs;
        this.access = access;
        this.grants = grants.stream().collect(Collectors.toMap(Grant::grantType, Function.identity()));
    }

    public Future<TokenResponse> token(TokenRequest request) {
        return clients.authenticate(request.tenant(), request.credentials()).compose(client -> grant(client, request));
    }

    /** What metadata may promise. */
    public Set<String> grantTypes() {
        return new TreeSet<>(grants.keySet());
    }

    private Future<TokenResponse> grant(AuthenticatedClient client, TokenRequest request) {
        Parameters parameters = request.parameters();
        Grant grant = find(parameters.require("grant_type"));
        if (!client.client().mayUse(grant.grantType())) {
            throw OAuthError.failure(
                    Code.UNAUTHORIZED_CLIENT, "this client is not registered for grant_type " + grant.grantType());
        }
        Fapi.checkProof(client.client(), request.dpop());
        RequestedAccess wanted = access.read(client.client(), parameters);
        if (client.client().extensions().demandsCertificateBoundTokens()) {
            TokenTerms terms = new TokenTerms(CertificateBinding.of(request), wanted);
            return grant.grant(new GrantRequest(client, parameters, terms));
        }
        return request.dpop() == null
                ? unbound(grant, client, parameters, wanted)
                : proofs.verify(request.tenant(), request.dpop().by(client.client()), null)
                        .compose(key -> grant.grant(new GrantRequest(client, parameters, new TokenTerms(key, wanted))))
                        .map(TokenResponse::boundToKey);
    }

    /** What would be refused later burns no code. */
    private static Future<TokenResponse> unbound(
            Grant grant, AuthenticatedClient client, Parameters parameters, @Nullable RequestedAccess access) {
        if (client.client().extensions().demandsKeyBoundTokens()) {
            throw OAuthError.failure(
                    Code.INVALID_DPOP_PROOF, "this client gets only tokens that are bound to a key: send a DPoP proof");
        }
        TokenTerms terms = access == null ? null : new TokenTerms(null, access);
        return grant.grant(new GrantRequest(client, parameters, terms));
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
