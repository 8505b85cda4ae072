package io.gatehouse.token;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gatehouse.common.message.UserSeal;
import io.gatehouse.common.model.AccessLimits;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.token.ExchangeableToken.UserFacts;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An access token that is made of another one (RFC 8693), before it is signed. It says nothing of the subject that the other
 * did not say, and carries all by which the other ends.
 *
 * @param client that it is given to
 * @param jti 128 random bits
 * @param confirmation the key that it is bound to; null: none
 */
record ExchangedToken(
        Client client,
        ExchangeableToken subject,
        Provenance provenance,
        Scope scope,
        List<String> audience,
        @Nullable String confirmation,
        String jti,
        Instant issuedAt,
        Instant expiresAt) {
    /** JSON, in UTF-8. */
    byte[] claims(TokenPolicy policy, Naming naming, TokenUsers users) {
        return ClaimsJson.object(json -> {
            json.writeStringField("iss", policy.issuerOf(client.tenant()));
            json.writeStringField("sub", sub(naming));
            AccessToken.audience(json, audience);
            json.writeStringField("client_id", client.clientId());
            json.writeStringField("jti", jti);
            ClaimsJson.time(json, "iat", issuedAt);
            ClaimsJson.time(json, "exp", expiresAt);
            ClaimsJson.text(json, "scope", scope.isEmpty() ? null : scope.toString());
            json.writeStringField("family", TokenFamily.OAUTH.claim());
            json.writeNumberField("cep", client.epoch());
            ClaimsJson.text(json, "gid", subject.gid());
            if (confirmation != null) {
                AccessToken.bind(json, confirmation);
            }
            if (subject.user() != null) {
                user(json, subject.user(), naming, users);
            }
            provenance.write(json);
            details(json);
        });
    }

    /** A client has one name everywhere. */
    private String sub(Naming naming) {
        String owner = subject.owner().subject();
        return subject.user() == null ? owner : naming.sub(owner);
    }

    private void user(JsonGenerator json, UserFacts user, Naming naming, TokenUsers users) throws IOException {
        String sessionId = subject.owner().sessionId();
        json.writeNumberField("sep", user.epoch());
        ClaimsJson.time(json, "auth_time", user.authTime());
        ClaimsJson.text(json, "acr", user.acr());
        ClaimsJson.texts(json, "amr", user.amr());
        ClaimsJson.texts(json, "roles", user.roles());
        ClaimsJson.text(json, "sid", sessionId == null ? null : naming.sid(sessionId));
        if (naming != Naming.PUBLIC) {
            json.writeStringField(UserSeal.CLAIM, users.sealed(client.tenant(), jti, subject.owner()));
        }
    }

    /** Of the types that the client registered, as the subject token has them (RFC 9396, section 9.1). */
    private void details(JsonGenerator json) throws IOException {
        AccessLimits limits = client.extensions().access();
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        for (JsonNode one : subject.details()) {
            if (limits != null
                    && limits.authorizationDetailsTypes()
                            .contains(one.path("type").asText())) {
                kept.add(one);
            }
        }
        if (!kept.isEmpty()) {
            json.writeFieldName("authorization_details");
            json.writeRawValue(kept.toString());
        }
    }
}
