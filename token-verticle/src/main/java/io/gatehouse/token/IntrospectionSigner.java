package io.gatehouse.token;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.IdTokens.SignIntrospection;
import io.gatehouse.common.message.IdTokens.Signed;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.IdTokenAlgorithm;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Signs introspections (RFC 9701, section 5). That a token is active is told only of one that the tenant's own keys signed, in
 * its own words; who may ask, and whether it was revoked, is the gateway's question. For one event loop.
 */
final class IntrospectionSigner {
    /** What access tokens say that is told as it stands (RFC 7662, section 2.2; RFC 9396, section 9.2; RFC 8693, section 4). */
    private static final List<String> TOLD = List.of(
            "iss",
            "sub",
            "client_id",
            "aud",
            "scope",
            "jti",
            "iat",
            "exp",
            "family",
            "roles",
            "cnf",
            "authorization_details",
            "act");

    private static final int REMEMBERED = 500;

    /** What a token of ours says. */
    private record Read(String kid, JsonNode claims) implements VerifiedTokens.Signed {}

    private final TokenPolicy policy;
    private final Authorities authorities;
    private final VerifiedTokens<Read> tokens;
    private final TokenKeys keys;
    private final JwsSigner signer;
    private final AuditLog audit;
    private final Clock clock;

    IntrospectionSigner(
            TokenPolicy policy,
            Authorities authorities,
            TenantSignatures signatures,
            TokenKeys keys,
            JwsSigner signer,
            AuditLog audit,
            Clock clock) {
        this.policy = policy;
        this.authorities = authorities;
        this.tokens = new VerifiedTokens<>(signatures, (tenant, kid, claims) -> new Read(kid, claims), REMEMBERED);
        this.keys = keys;
        this.signer = signer;
        this.audit = audit;
        this.clock = clock;
    }

    /** @return fails with invalid_token for what is no access token of ours that is valid now */
    Future<Signed> sign(SignIntrospection request) {
        Instant now = clock.instant();
        Client caller = authorities.client(request.tenant(), request.client(), now, Code.INVALID_REQUEST);
        if (caller.isPublic()) {
            throw refused(caller.tenant(), "introspection_by_public_client");
        }
        Secret token = request.accessToken();
        return token == null
                ? signed(caller, null, now)
                : claims(request.tenant(), token, now).compose(claims -> signed(caller, claims, now));
    }

    private Future<JsonNode> claims(String tenant, Secret token, Instant now) {
        return tokens.find(tenant, token).map(found -> {
            if (found == null || !isCurrent(tenant, found.claims, now)) {
                throw refused(tenant, "unfit_access_token");
            }
            return found.claims;
        });
    }

    private boolean isCurrent(String tenant, JsonNode claims, Instant now) {
        Instant end = JwtClaims.time(claims, "exp");
        return policy.issuerOf(tenant).equals(JwtClaims.text(claims, "iss")) && end != null && now.isBefore(end);
    }

    /** @param claims of the token; null: it is not active */
    private Future<Signed> signed(Client caller, @Nullable JsonNode claims, Instant now) {
        IdTokenAlgorithm registered = caller.extensions().introspectionAlgorithm();
        byte[] payload = payload(caller, claims, now);
        return keys.find(caller, registered == null ? IdTokenAlgorithm.defaultOf(caller.extensions()) : registered)
                .compose(key -> signer.sign(key, key.header(TokenType.INTROSPECTION), payload))
                .map(Signed::new);
    }

    /** Without sub and exp, by which it could pass for a token (section 5). */
    private byte[] payload(Client caller, @Nullable JsonNode claims, Instant now) {
        return ClaimsJson.object(json -> {
            json.writeStringField("iss", policy.issuerOf(caller.tenant()));
            json.writeStringField("aud", caller.clientId());
            ClaimsJson.time(json, "iat", now);
            json.writeObjectFieldStart("token_introspection");
            json.writeBooleanField("active", claims != null);
            if (claims != null) {
                tell(json, claims);
            }
            json.writeEndObject();
        });
    }

    private static void tell(JsonGenerator json, JsonNode claims) throws IOException {
        json.writeStringField("token_type", claims.path("cnf").has("jkt") ? "DPoP" : "Bearer");
        for (String name : TOLD) {
            JsonNode value = claims.get(name);
            if (value != null) {
                json.writeFieldName(name);
                // Read from JSON a moment ago: it is JSON again.
                json.writeRawValue(value.toString());
            }
        }
    }

    private RuntimeException refused(String tenant, String reason) {
        audit.refused(tenant, reason);
        return OAuthError.failure(Code.INVALID_TOKEN, "the access token is no current token of this server");
    }
}
