package io.gatehouse.gateway.oauth;

import io.gatehouse.common.model.Confirmation;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.verify.AccessToken;
import io.gatehouse.gateway.oauth.IntrospectionService.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What introspection answers (RFC 7662, section 2.2). */
public final class IntrospectionJson {
    private IntrospectionJson() {}

    public static JsonObject of(Answer answer) {
        if (answer.accessToken() != null) {
            return describe(answer.accessToken());
        }
        return answer.refreshToken() == null
                ? new JsonObject().put("active", false)
                : describe(answer.refreshToken(), answer.subject());
    }

    public static JsonObject describe(AccessToken token) {
        JsonObject body = new JsonObject()
                .put("active", true)
                .put("token_type", isBoundToKey(token) ? "DPoP" : "Bearer")
                .put("iss", token.issuer())
                .put("sub", token.subject())
                .put("client_id", token.clientId())
                .put("aud", audience(token))
                .put("scope", token.scope().toString())
                .put("jti", token.jti())
                .put("iat", token.issuedAt().getEpochSecond())
                .put("exp", token.expiresAt().getEpochSecond())
                .put("family", token.family().claim());
        if (!token.roles().isEmpty()) {
            body.put("roles", new JsonArray(token.roles()));
        }
        if (token.confirmation() != null) {
            Confirmation bound = Confirmation.parse(token.confirmation());
            body.put("cnf", new JsonObject().put(bound.kind().claim(), bound.thumbprint()));
        }
        if (token.provenance() != null && token.provenance().act() != null) {
            body.put("act", token.provenance().act());
        }
        return putDetails(body, token.authorizationDetails());
    }

    private static boolean isBoundToKey(AccessToken token) {
        return token.confirmation() != null
                && Confirmation.parse(token.confirmation()).kind() == Confirmation.Kind.KEY;
    }

    private static Object audience(AccessToken token) {
        return token.audience().size() == 1 ? token.audience().get(0) : new JsonArray(token.audience());
    }

    private static JsonObject describe(Grant grant, @Nullable String subject) {
        JsonObject body = new JsonObject()
                .put("active", true)
                .put("token_type", "refresh_token")
                .put("sub", subject)
                .put("client_id", grant.clientId())
                .put("scope", grant.scope().toString())
                .put("iat", grant.createdAt().getEpochSecond())
                .put("exp", grant.idleExpiresAt().getEpochSecond())
                .put("family", grant.family().claim());
        return grant.access() == null ? body : putDetails(body, grant.access().authorizationDetails());
    }

    /** RFC 9396, section 9.2. */
    private static JsonObject putDetails(JsonObject body, @Nullable String details) {
        return details == null ? body : body.put("authorization_details", new JsonArray(details));
    }
}
