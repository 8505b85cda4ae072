package io.gatehouse.token;

import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.IdTokenAlgorithm;
import io.gatehouse.common.model.SecondFactor;
import io.gatehouse.common.model.StandardClaims;
import io.gatehouse.common.model.Ticket;
import io.gatehouse.common.model.UserProfile;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An ID token before it is signed (OpenID Connect Core, section 2). It has no client_id: with one it could pass for a JWT by
 * which its client logs users in, where both are signed by one key.
 *
 * @param sub what the client is told of the subject
 * @param sid what the client is told of the session; null: there is none
 * @param user null: it tells nothing about the user but the subject
 * @param jti 128 random bits
 * @param issuedAt in whole seconds, as is {@code expiresAt}
 */
record IdToken(
        Client client,
        Ticket ticket,
        String sub,
        @Nullable String sid,
        @Nullable UserProfile user,
        String jti,
        Instant issuedAt,
        Instant expiresAt) {
    private static final int JTI_BYTES = 16;

    /**
     * @param ticket that {@code who} was told by
     * @param beside lives as long
     */
    static IdToken of(Client client, Entitlement who, Ticket ticket, @Nullable UserProfile user, AccessToken beside) {
        String jti = Entropy.bytes(JTI_BYTES).base64Url();
        return new IdToken(client, ticket, who.sub(), who.sid(), user, jti, beside.issuedAt(), beside.expiresAt());
    }

    /** The claim; null where nobody vouches for how the user logged in. */
    static @Nullable String acr(Ticket ticket) {
        if (!ticket.amr().contains("pwd")) {
            return null;
        }
        return SecondFactor.isIn(ticket.amr()) ? StandardClaims.ACR_TWO_FACTORS : StandardClaims.ACR_PASSWORD;
    }

    IdTokenAlgorithm algorithm() {
        return client.registration().idTokenAlgorithm();
    }

    /** JSON, in UTF-8. */
    byte[] claims(TokenPolicy policy, String atHash) {
        return ClaimsJson.object(json -> {
            json.writeStringField("iss", policy.issuerOf(ticket.tenant()));
            json.writeStringField("sub", sub);
            json.writeStringField("aud", client.clientId());
            json.writeStringField("azp", client.clientId());
            json.writeStringField("jti", jti);
            ClaimsJson.time(json, "iat", issuedAt);
            ClaimsJson.time(json, "exp", expiresAt);
            ClaimsJson.time(json, "auth_time", ticket.authTime());
            ClaimsJson.text(json, "nonce", ticket.idTokenNonce());
            ClaimsJson.text(json, "acr", acr(ticket));
            ClaimsJson.texts(json, "amr", ticket.amr());
            ClaimsJson.text(json, "sid", sid);
            json.writeStringField("at_hash", atHash);
            if (user != null) {
                ClaimsJson.all(json, StandardClaims.of(user, UserClaims.inIdToken(ticket)));
            }
        });
    }
}
