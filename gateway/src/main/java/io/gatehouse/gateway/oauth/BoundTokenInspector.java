package io.gatehouse.gateway.oauth;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.Confirmation;
import io.gatehouse.gateway.oauth.TokenInspector.Inspected;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Verifies access tokens that are shown with a proof of the key that they are bound to (RFC 9449, section 7). */
public final class BoundTokenInspector {
    private final TokenInspector inspector;
    private final DpopProofs proofs;

    BoundTokenInspector(TokenInspector inspector, DpopProofs proofs) {
        this.inspector = inspector;
        this.proofs = proofs;
    }

    /**
     * @param proof null: there is none
     * @return the token; fails with invalid_token, with invalid_dpop_proof or with use_dpop_nonce
     */
    public Future<Inspected> inspect(String tenant, String token, @Nullable ShownProof proof) {
        return inspector.find(tenant, token).compose(found -> {
            String key = found.token().confirmation();
            if (key == null || Confirmation.parse(key).kind() != Confirmation.Kind.KEY) {
                throw OAuthError.failure(
                        Code.INVALID_TOKEN, "the access token is bound to no key: show it as a Bearer token");
            }
            return proofs.verify(tenant, proof, new DpopProofs.Bound(token, key))
                    .map(found);
        });
    }
}
