package io.gatehouse.token;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.UserSeal;
import io.gatehouse.common.model.Confirmation;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.Ticket;
import io.gatehouse.common.model.TokenFamily;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An access token before it is signed (RFC 9068).
 *
 * @param jti 128 random bits
 * @param gid names the grant; null: there is none
 * @param issuedAt in whole seconds, as is {@code expiresAt}: what the claims say is what is told
 */
record AccessToken(Scope scope, String jti, @Nullable String gid, Instant issuedAt, Instant expiresAt) {
    private static final int JTI_BYTES = 16;

    static AccessToken of(TokenPolicy policy, Entitlement who, Scope scope, Instant now) {
        if (!who.ceiling().covers(scope)) {
            throw OAuthError.failure(Code.INVALID_SCOPE, "scope is wider than allowed: " + advice(who.ceiling()));
        }
        Ticket ticket = who.ticket();
        Instant issuedAt = now.truncatedTo(ChronoUnit.SECONDS);
        Instant expiresAt = issuedAt.plus(policy.lifetime(who.family()));
        if (ticket != null && ticket.grantExpiresAt().isBefore(expiresAt)) {
            expiresAt = ticket.grantExpiresAt().truncatedTo(ChronoUnit.SECONDS);
        }
        if (!expiresAt.isAfter(issuedAt)) {
            throw OAuthError.failure(Code.INVALID_GRANT, "the grant has expired: ask for a new one");
        }
        String gid = ticket == null ? null : ticket.grant().gid();
        return new AccessToken(scope, Entropy.bytes(JTI_BYTES).base64Url(), gid, issuedAt, expiresAt);
    }

    /**
     * JSON, in UTF-8.
     *
     * @param user see {@link UserSeal}; null: the client may read whose it is
     */
    byte[] claims(TokenPolicy policy, Entitlement who, @Nullable String user) {
        String key = who.confirmation();
        return ClaimsJson.object(json -> {
            json.writeStringField("iss", policy.issuerOf(who.tenant()));
            json.writeStringField("sub", who.sub());
            List<String> services = who.access().resources();
            audience(json, services.isEmpty() ? List.of(policy.audienceOf(who.tenant())) : services);
            json.writeStringField("client_id", who.clientId());
            json.writeStringField("jti", jti);
            ClaimsJson.time(json, "iat", issuedAt);
            ClaimsJson.time(json, "exp", expiresAt);
            ClaimsJson.text(json, "scope", scope.isEmpty() ? null : scope.toString());
            json.writeStringField("family", who.family().claim());
            json.writeNumberField("cep", who.clientEpoch());
            ClaimsJson.text(json, "gid", gid);
            details(json, who.access().authorizationDetails());
            if (key != null) {
                bind(json, key);
            }
            if (who.ticket() != null) {
                subjectClaims(json, who.ticket());
                ClaimsJson.text(json, "sid", session(who.ticket()) == null ? null : who.sid());
                ClaimsJson.text(json, UserSeal.CLAIM, user);
                grantEnd(json, who.ticket());
            }
        });
    }

    /** One is a text (RFC 7519, section 4.1.3). */
    static void audience(JsonGenerator json, List<String> audience) throws IOException {
        if (audience.size() == 1) {
            json.writeStringField("aud", audience.getFirst());
        } else {
            ClaimsJson.texts(json, "aud", audience);
        }
    }

    /**
     * RFC 9396, section 9.1.
     *
     * @param canonical by {@link Details}; null: none
     */
    private static void details(JsonGenerator json, @Nullable String canonical) throws IOException {
        if (canonical != null) {
            json.writeFieldName("authorization_details");
            json.writeRawValue(canonical);
        }
    }

    private static void subjectClaims(JsonGenerator json, Ticket ticket) throws IOException {
        json.writeNumberField("sep", ticket.subjectEpoch());
        if (ticket.consentEpoch() > 0) {
            json.writeNumberField("nep", ticket.consentEpoch());
        }
        ClaimsJson.time(json, "auth_time", ticket.authTime());
        ClaimsJson.text(json, "acr", IdToken.acr(ticket));
        ClaimsJson.texts(json, "amr", ticket.amr());
        ClaimsJson.texts(json, "roles", ticket.roles());
        ClaimsJson.texts(json, "claims", UserClaims.atUserinfo(ticket));
    }

    /** RFC 9449, section 6.1; RFC 8705, section 3.1. */
    static void bind(JsonGenerator json, String key) throws IOException {
        Confirmation confirmation = Confirmation.parse(key);
        json.writeObjectFieldStart("cnf");
        json.writeStringField(confirmation.kind().claim(), confirmation.thumbprint());
        json.writeEndObject();
    }

    /** What outlives the session must not name it: the end of a session is told by its name. */
    static @Nullable String session(Ticket ticket) {
        return ticket.scope().contains("offline_access") ? null : ticket.sessionId();
    }

    // JWTs for apps are given by the token alone: they must not outlive the grant, which may outlive the token.
    private static void grantEnd(JsonGenerator json, Ticket ticket) throws IOException {
        if (ticket.family() == TokenFamily.LOGINRADIUS) {
            ClaimsJson.time(json, "gexp", ticket.grantExpiresAt());
        }
    }

    private static String advice(Scope ceiling) {
        return ceiling.isEmpty() ? "ask for none" : "ask for no more than " + ceiling;
    }
}
