package io.gatehouse.token;

import io.gatehouse.common.crypto.Entropy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An assertion for a service behind the front door, before it is signed. It is no token: it opens nothing here, and says only
 * whom one request comes from.
 *
 * @param audience the service
 * @param jti 128 random bits
 * @param issuedAt in whole seconds, as is {@code expiresAt}
 */
record UpstreamAssertion(
        String tenant, UpstreamSender sender, String audience, String jti, Instant issuedAt, Instant expiresAt) {
    private static final Duration LIFE = Duration.ofSeconds(60);
    private static final int JTI_BYTES = 16;

    /** Ends with what it is made of, or after a minute. */
    static UpstreamAssertion of(String tenant, UpstreamSender sender, String audience, Instant now) {
        Instant issuedAt = now.truncatedTo(ChronoUnit.SECONDS);
        Instant latest = issuedAt.plus(LIFE);
        Instant end = sender.expiresAt().isBefore(latest) ? sender.expiresAt() : latest;
        return new UpstreamAssertion(
                tenant,
                sender,
                audience,
                Entropy.bytes(JTI_BYTES).base64Url(),
                issuedAt,
                end.truncatedTo(ChronoUnit.SECONDS));
    }

    /** JSON, in UTF-8. */
    byte[] claims(TokenPolicy policy) {
        return ClaimsJson.object(json -> {
            json.writeStringField("iss", policy.issuerOf(tenant));
            json.writeStringField("aud", audience);
            json.writeStringField("sub", sender.sub());
            json.writeStringField("sub_type", sender.isUser() ? "user" : "client");
            ClaimsJson.text(json, "client_id", sender.clientId());
            json.writeStringField("jti", jti);
            ClaimsJson.time(json, "iat", issuedAt);
            ClaimsJson.time(json, "exp", expiresAt);
            ClaimsJson.text(
                    json,
                    "scope",
                    sender.scope().isEmpty() ? null : sender.scope().toString());
            ClaimsJson.texts(json, "roles", sender.roles());
            ClaimsJson.text(json, "sid", sender.sid());
            ClaimsJson.text(json, "gid", sender.gid());
            sender.actors().writeActors(json);
        });
    }
}
