package io.gatehouse.gateway.oauth;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.Issuer.Authority.ByClientCertificate;
import io.gatehouse.common.model.Client;
import org.jspecify.annotations.Nullable;

/**
 * A client whose credentials were right.
 *
 * @param statement the store's word on it, for the token role
 * @param secret what it presented; null for a public client, and for one that showed an assertion
 * @param authentication the token role's word that it showed one, a {@link io.gatehouse.common.message.ClientAuthentication};
 *     else null
 * @param byCertificate that it showed one, for the token role; else null
 */
public record AuthenticatedClient(
        Client client,
        Attestation statement,
        @Nullable Secret secret,
        @Nullable Attestation authentication,
        @Nullable ByClientCertificate byCertificate) {
    /** One that showed no certificate. */
    public AuthenticatedClient(
            Client client, Attestation statement, @Nullable Secret secret, @Nullable Attestation authentication) {
        this(client, statement, secret, authentication, null);
    }

    /** One that showed no assertion. */
    public AuthenticatedClient(Client client, Attestation statement, @Nullable Secret secret) {
        this(client, statement, secret, null);
    }

    public String tenant() {
        return client.tenant();
    }

    public String clientId() {
        return client.clientId();
    }
}
