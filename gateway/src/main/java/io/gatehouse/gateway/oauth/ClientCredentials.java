package io.gatehouse.gateway.oauth;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.model.AuthMethod;
import org.jspecify.annotations.Nullable;

/**
 * What a client showed of itself.
 *
 * @param method how it did
 * @param secret null where it only named itself, or showed an assertion
 * @param assertion null: it showed none
 * @param certificate of its TLS connection; null: it has none
 */
public record ClientCredentials(
        AuthMethod method,
        String clientId,
        @Nullable Secret secret,
        @Nullable ClientAssertion assertion,
        @Nullable ShownCertificate certificate) {
    /** Without a certificate. */
    public ClientCredentials(
            AuthMethod method, String clientId, @Nullable Secret secret, @Nullable ClientAssertion assertion) {
        this(method, clientId, secret, assertion, null);
    }

    /** Without an assertion. */
    public ClientCredentials(AuthMethod method, String clientId, @Nullable Secret secret) {
        this(method, clientId, secret, null);
    }

    /** The same, on a connection with that certificate; null: with none. */
    public ClientCredentials on(@Nullable ShownCertificate shown) {
        return new ClientCredentials(method, clientId, secret, assertion, shown);
    }

    /** The assertion, for the client that it says it is about. */
    public static ClientCredentials of(ClientAssertion assertion) {
        AuthMethod method = assertion.bySecret() ? AuthMethod.CLIENT_SECRET_JWT : AuthMethod.PRIVATE_KEY_JWT;
        return new ClientCredentials(method, assertion.clientId(), null, assertion);
    }
}
