package io.gatehouse.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.common.model.TokenFamily;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user's access token of ours, as far as it speaks for the user's presence.
 *
 * @param kid the key it was signed with
 */
record UserToken(String kid, Presence user, Instant expiresAt) {
    private static final Set<String> FAMILIES = Set.of(TokenFamily.LOGINRADIUS.claim(), TokenFamily.OAUTH.claim());

    /** Three thousand years: a larger number counts no seconds. */
    private static final long MOST_SECONDS = 100_000_000_000L;

    /**
     * Null where the claims are not those of a bearer token that a user was given by {@code issuer}, for {@code audience}
     * and by a family that counts here.
     */
    static @Nullable UserToken read(String kid, String issuer, String audience, JsonNode claims) {
        String subject = text(claims, "sub");
        String family = text(claims, "family");
        Instant expiresAt = time(claims, "exp");
        Instant end = claims.has("gexp") ? time(claims, "gexp") : expiresAt;
        JsonNode epoch = claims.get("sep");
        if (subject == null || family == null || expiresAt == null || end == null || epoch == null) {
            return null;
        }
        boolean counts = issuer.equals(text(claims, "iss"))
                // One for another service is not shown here by its user, but by that service.
                && isFor(audience, claims.path("aud"))
                && FAMILIES.contains(family)
                // A client that acts for itself is no user.
                && !subject.equals(text(claims, "client_id"))
                && epoch.isIntegralNumber()
                // Whoever holds a bound token must prove its key, which nothing here does.
                && !claims.has("cnf");
        return counts ? new UserToken(kid, new Presence(subject, epoch.longValue(), end), expiresAt) : null;
    }

    /** A text or a list of them (RFC 7519, section 4.1.3). */
    private static boolean isFor(String audience, JsonNode aud) {
        if (!aud.isArray()) {
            return audience.equals(aud.textValue());
        }
        for (JsonNode one : aud) {
            if (audience.equals(one.textValue())) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String text(JsonNode claims, String name) {
        JsonNode value = claims.get(name);
        return value == null ? null : value.textValue();
    }

    private static @Nullable Instant time(JsonNode claims, String name) {
        JsonNode value = claims.get(name);
        boolean known = value != null
                && value.isIntegralNumber()
                && value.canConvertToLong()
                && value.longValue() > 0
                && value.longValue() < MOST_SECONDS;
        return known ? Instant.ofEpochSecond(value.longValue()) : null;
    }
}
