package io.gatehouse.gateway.oauth;

import org.jspecify.annotations.Nullable;

/**
 * A request to the token endpoint.
 *
 * @param dpop a proof of a key that its tokens are to be bound to; null: it has none
 */
public record TokenRequest(
        String tenant,
        @Nullable ClientCredentials credentials,
        Parameters parameters,
        @Nullable ShownProof dpop) {
    /** For bearer tokens. */
    public TokenRequest(String tenant, @Nullable ClientCredentials credentials, Parameters parameters) {
        this(tenant, credentials, parameters, null);
    }
}
