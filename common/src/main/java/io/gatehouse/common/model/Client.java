package io.gatehouse.common.model;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Secret;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A registered client, by the names of RFC 7591.
 *
 * @param secretDigests of every secret that is valid now; empty for a public client
 * @param declaredSecret digest of the secret the configuration declared last, so that a later start can tell a rotated
 *     secret from an untouched one
 * @param accessTokenAlgorithm null: the tenant's choice
 * @param rotatesRefreshTokens false only where a profile forbids rotation
 * @param disabled refused at every grant, at its start and at its redemption
 * @param epoch generation of the client: tokens of an earlier one are denied
 * @param version counts changes
 * @param jwtLogin null: it may not log users in by a JWT of its own
 * @param pkce null: unless it is confidential and asks with openid and a nonce
 * @param openId null: nothing was registered
 * @param oauth null: nothing was registered for extensions of OAuth 2.0
 * @param selfRegistration null: the configuration declares it
 */
public record Client(
        String tenant,
        String clientId,
        @Nullable String clientName,
        AuthMethod authMethod,
        List<Digest> secretDigests,
        @Nullable Digest declaredSecret,
        List<String> redirectUris,
        List<String> grantTypes,
        List<String> responseTypes,
        Scope scope,
        @Nullable SigningAlgorithm accessTokenAlgorithm,
        boolean rotatesRefreshTokens,
        boolean disabled,
        long epoch,
        long version,
        Instant createdAt,
        @Nullable JwtLogin jwtLogin,
        @Nullable PkceDemand pkce,
        @Nullable OpenIdRegistration openId,
        @Nullable OAuthRegistration oauth,
        @Nullable SelfRegistration selfRegistration) {
    public Client {
        secretDigests = List.copyOf(secretDigests);
        redirectUris = List.copyOf(redirectUris);
        grantTypes = List.copyOf(grantTypes);
        responseTypes = List.copyOf(responseTypes);
    }

    /** One that registered nothing for OpenID Connect. */
    public Client(
            String tenant,
            String clientId,
            @Nullable String clientName,
            AuthMethod authMethod,
            List<Digest> secretDigests,
            @Nullable Digest declaredSecret,
            List<String> redirectUris,
            List<String> grantTypes,
            List<String> responseTypes,
            Scope scope,
            @Nullable SigningAlgorithm accessTokenAlgorithm,
            boolean rotatesRefreshTokens,
            boolean disabled,
            long epoch,
            long version,
            Instant createdAt,
            @Nullable JwtLogin jwtLogin,
            @Nullable PkceDemand pkce) {
        this(
                tenant,
                clientId,
                clientName,
                authMethod,
                secretDigests,
                declaredSecret,
                redirectUris,
                grantTypes,
                responseTypes,
                scope,
                accessTokenAlgorithm,
                rotatesRefreshTokens,
                disabled,
                epoch,
                version,
                createdAt,
                jwtLogin,
                pkce,
                null,
                null,
                null);
    }

    /** What it registered for extensions of OAuth 2.0, or what holds for a client that did not. */
    public OAuthRegistration extensions() {
        return oauth == null ? OAuthRegistration.DEFAULT : oauth;
    }

    /** What it registered for OpenID Connect, or what holds for a client that did not. */
    public OpenIdRegistration registration() {
        return openId == null ? OpenIdRegistration.DEFAULT : openId;
    }

    /** The same client in another state. */
    public Client inState(boolean nowDisabled, long newEpoch, long newVersion) {
        return new Client(
                tenant,
                clientId,
                clientName,
                authMethod,
                secretDigests,
                declaredSecret,
                redirectUris,
                grantTypes,
                responseTypes,
                scope,
                accessTokenAlgorithm,
                rotatesRefreshTokens,
                nowDisabled,
                newEpoch,
                newVersion,
                createdAt,
                jwtLogin,
                pkce,
                openId,
                oauth,
                selfRegistration);
    }

    public boolean isPublic() {
        return authMethod == AuthMethod.NONE;
    }

    public boolean mayUse(String grantType) {
        return grantTypes.contains(grantType);
    }

    /**
     * Whether it may show this secret. Looks at every one, so that the time taken does not tell which one matched. A client
     * that signs with its secret never shows it.
     */
    public boolean accepts(Secret presented) {
        Digest digest = presented.digest();
        boolean matched = false;
        for (Digest secret : secretDigests) {
            matched |= secret.equals(digest);
        }
        return matched && !authMethod.isAssertion() && !authMethod.isCertificate();
    }
}
