package io.gatehouse.token;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.JwtApp;
import io.gatehouse.common.model.UserProfile;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A JWT for an app before it is signed.
 *
 * @param nonce null: the claim is left out
 * @param issuedAt in whole seconds, as is {@code expiresAt}: what the claims say is what is told
 */
record JwtAppClaims(
        JwtApp app, UserProfile user, String jti, @Nullable String nonce, Instant issuedAt, Instant expiresAt) {
    /** What an app's own claims can't be named; with client_id a JWT could pass for a client's login JWT. */
    private static final Set<String> RESERVED =
            Set.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti", "nonce", "client_id");

    /**
     * @param end what backs the JWT ends then, and the JWT no later
     * @throws io.gatehouse.common.error.OAuthFailure invalid_token, where that was before
     */
    static JwtAppClaims of(JwtApp app, UserProfile user, @Nullable String nonce, Instant end, Instant now) {
        Instant issuedAt = now.truncatedTo(ChronoUnit.SECONDS);
        Instant expiresAt = issuedAt.plus(app.life());
        if (end.isBefore(expiresAt)) {
            expiresAt = end.truncatedTo(ChronoUnit.SECONDS);
        }
        if (!expiresAt.isAfter(issuedAt)) {
            throw OAuthError.failure(Code.INVALID_TOKEN, "the login has expired: log in again");
        }
        return new JwtAppClaims(app, user, UUID.randomUUID().toString(), nonce, issuedAt, expiresAt);
    }

    /** The user's UUID without dashes. */
    String subject() {
        return ProfileValues.uid(user);
    }

    /** JSON, in UTF-8. */
    byte[] json(TokenPolicy policy) {
        return ClaimsJson.object(json -> {
            json.writeStringField("iss", issuer(policy));
            json.writeStringField("sub", subject());
            json.writeStringField("jti", jti);
            ClaimsJson.time(json, "iat", issuedAt);
            ClaimsJson.time(json, "nbf", issuedAt);
            ClaimsJson.time(json, "exp", expiresAt);
            audience(json);
            ClaimsJson.all(json, ownClaims());
            ClaimsJson.text(json, "nonce", nonce);
        });
    }

    private String issuer(TokenPolicy policy) {
        return Objects.requireNonNullElseGet(
                app.issuer(), () -> policy.issuerOf(app.tenant()) + "/jwt/" + app.name() + "/");
    }

    private void audience(JsonGenerator json) throws IOException {
        if (!app.audiences().isEmpty()) {
            json.writeFieldName("aud");
            ClaimsJson.value(json, app.audiences().size() == 1 ? app.audiences().get(0) : app.audiences());
        }
    }

    private Map<String, Object> ownClaims() {
        Map<String, Object> claims = new TreeMap<>(app.metadata());
        app.mapping().forEach((claim, source) -> {
            Object value = ProfileValues.read(user, source);
            if (value != null) {
                claims.put(claim, value);
            }
        });
        // They are refused where an app is declared; but what lies in a store may be older than the rule.
        claims.keySet().removeAll(RESERVED);
        return claims;
    }
}
