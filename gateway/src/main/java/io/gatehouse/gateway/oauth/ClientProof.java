package io.gatehouse.gateway.oauth;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Issuer.Authority;
import io.gatehouse.common.message.Issuer.Authority.ByClientAssertion;
import io.gatehouse.common.message.Issuer.Authority.ByClientSecret;

/** By what the token role knows the client of a request, where no ticket speaks for a user. */
final class ClientProof {
    private ClientProof() {}

    /** @throws io.gatehouse.common.error.OAuthFailure unauthorized_client, where it is a public one */
    static Authority of(AuthenticatedClient client, String grantType) {
        Attestation authentication = client.authentication();
        if (authentication != null) {
            return new ByClientAssertion(client.statement(), authentication);
        }
        if (client.byCertificate() != null) {
            return client.byCertificate();
        }
        Secret secret = client.secret();
        if (secret == null) {
            throw OAuthError.failure(
                    Code.UNAUTHORIZED_CLIENT, "a public client can't use " + grantType + ": register a secret for it");
        }
        return new ByClientSecret(client.statement(), secret);
    }
}
