package io.gatehouse.token;

import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.message.LogoutStatement;
import io.gatehouse.common.model.Client;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A logout token before it is signed (OpenID Connect Back-Channel Logout, section 2.4). It has no nonce, by which it is no
 * ID token to whoever does not look at its type.
 *
 * @param sub what the client is told of the subject
 * @param sid what the client is told of the session
 * @param jti 128 random bits
 * @param issuedAt in whole seconds
 */
record LogoutToken(Client client, String subject, String sub, String sid, String jti, Instant issuedAt) {
    /** As long as the specification advises at most: time to be delivered, not to be kept. */
    private static final Duration LIFE = Duration.ofMinutes(2);

    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final int JTI_BYTES = 16;

    /** @param naming the client's */
    static LogoutToken of(Client client, LogoutStatement ended, Naming naming, Instant now) {
        String jti = Entropy.bytes(JTI_BYTES).base64Url();
        Instant issuedAt = now.truncatedTo(ChronoUnit.SECONDS);
        String sub = naming.sub(ended.subject());
        return new LogoutToken(client, ended.subject(), sub, naming.sid(ended.sid()), jti, issuedAt);
    }

    /** JSON, in UTF-8. */
    byte[] claims(TokenPolicy policy) {
        return ClaimsJson.object(json -> {
            json.writeStringField("iss", policy.issuerOf(client.tenant()));
            json.writeStringField("sub", sub);
            json.writeStringField("aud", client.clientId());
            json.writeStringField("jti", jti);
            ClaimsJson.time(json, "iat", issuedAt);
            ClaimsJson.time(json, "exp", issuedAt.plus(LIFE));
            json.writeStringField("sid", sid);
            json.writeObjectFieldStart("events");
            json.writeObjectFieldStart(EVENT);
            json.writeEndObject();
            json.writeEndObject();
        });
    }
}
