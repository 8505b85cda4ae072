package io.gatehouse.gateway.oauth;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Issuer.Issued;
import io.gatehouse.common.model.Scope;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a grant gave (RFC 6749, section 5.1).
 *
 * @param expiresIn of the access token, whole seconds
 * @param refreshToken null where the grant gives none
 * @param expiresAt the end of the access token
 * @param idToken null where none was wanted, or the scope has no openid
 * @param keyBound whether the access token is bound to a key (RFC 9449, section 5), or a bearer token
 * @param authorizationDetails that the access token has (RFC 9396, section 7), as a JSON array; null: none
 * @param issuedTokenType of a token exchange (RFC 8693, section 2.2.1); null: it was none
 */
public record TokenResponse(
        Secret accessToken,
        Duration expiresIn,
        Scope scope,
        @Nullable Secret refreshToken,
        Instant expiresAt,
        @Nullable Secret idToken,
        boolean keyBound,
        @Nullable String authorizationDetails,
        @Nullable String issuedTokenType) {
    /** For a client that may not refresh. */
    TokenResponse withoutRefreshToken() {
        return new TokenResponse(
                accessToken,
                expiresIn,
                scope,
                null,
                expiresAt,
                idToken,
                keyBound,
                authorizationDetails,
                issuedTokenType);
    }

    /** On terms that bound it to a key. */
    TokenResponse boundToKey() {
        return new TokenResponse(
                accessToken,
                expiresIn,
                scope,
                refreshToken,
                expiresAt,
                idToken,
                true,
                authorizationDetails,
                issuedTokenType);
    }

    /** Of a token exchange. */
    TokenResponse ofType(String type) {
        return new TokenResponse(
                accessToken, expiresIn, scope, refreshToken, expiresAt, idToken, keyBound, authorizationDetails, type);
    }

    /** RFC 6749, section 7.1. */
    public String tokenType() {
        return keyBound ? "DPoP" : "Bearer";
    }

    static TokenResponse of(Issued issued, @Nullable RefreshToken refreshToken) {
        Duration life = Duration.between(issued.issuedAt(), issued.expiresAt());
        return new TokenResponse(
                issued.accessToken(),
                life,
                issued.scope(),
                refreshToken == null ? null : refreshToken.encode(),
                issued.expiresAt(),
                issued.idToken(),
                false,
                issued.authorizationDetails(),
                null);
    }

    /** The body of the answer: RFC 6749, section 5.1, and what RFC 8693, RFC 9396 and OpenID Connect add. */
    public JsonObject json() {
        JsonObject body = new JsonObject()
                .put("access_token", accessToken.reveal())
                .put("token_type", tokenType())
                .put("expires_in", expiresIn.toSeconds());
        if (issuedTokenType != null) {
            body.put("issued_token_type", issuedTokenType);
        }
        if (!scope.isEmpty()) {
            body.put("scope", scope.toString());
        }
        if (refreshToken != null) {
            body.put("refresh_token", refreshToken.reveal());
        }
        if (idToken != null) {
            body.put("id_token", idToken.reveal());
        }
        if (authorizationDetails != null) {
            body.put("authorization_details", new JsonArray(authorizationDetails));
        }
        return body;
    }
}
