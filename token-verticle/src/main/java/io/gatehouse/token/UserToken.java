package io.gatehouse.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.common.model.Confirmation;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.TokenFamily;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A user's access token of ours, as far as it speaks for the user's presence and for what may be told about the user.
 *
 * @param kid the key it was signed with
 * @param sub what its client was told of the user
 * @param amr how the user logged in
 * @param claims names of those that the client asked for one by one at the userinfo endpoint
 * @param confirmation what it is bound to, as {@link Confirmation#text} gives it; null: nothing
 */
record UserToken(
        String kid,
        TokenFamily family,
        String clientId,
        String sub,
        Presence user,
        List<String> amr,
        Scope scope,
        List<String> claims,
        Instant expiresAt,
        @Nullable String confirmation)
        implements VerifiedTokens.Signed {
    private static final Map<String, TokenFamily> FAMILIES =
            Stream.of(TokenFamily.values()).collect(Collectors.toUnmodifiableMap(TokenFamily::claim, one -> one));

    /** Whether its client knows the user by a name of its sector only. */
    boolean isPairwise() {
        return !sub.equals(user.subject());
    }

    /**
     * Null where the claims are not those of a token that a user was given by {@code issuer}, for {@code audience}.
     *
     * @param subject whose it is; null: that can't be told
     */
    static @Nullable UserToken read(
            String kid, String issuer, String audience, @Nullable String subject, JsonNode claims) {
        String sub = JwtClaims.text(claims, "sub");
        String clientId = JwtClaims.text(claims, "client_id");
        TokenFamily family = FAMILIES.get(claims.path("family").asText());
        Instant expiresAt = JwtClaims.time(claims, "exp");
        Instant end = claims.has("gexp") ? JwtClaims.time(claims, "gexp") : expiresAt;
        JsonNode epoch = claims.path("sep");
        String confirmation = confirmation(claims.path("cnf"));
        if (sub == null || subject == null || clientId == null || family == null || expiresAt == null || end == null) {
            return null;
        }
        boolean counts = issuer.equals(JwtClaims.text(claims, "iss"))
                // One for another service is not shown here by its user, but by that service.
                && isFor(audience, claims.path("aud"))
                // A client that acts for itself is no user.
                && !subject.equals(clientId)
                && epoch.isIntegralNumber()
                // Bound in a way that is not ours, it would count for whoever holds it.
                && claims.has("cnf") == (confirmation != null);
        Presence user = new Presence(subject, epoch.longValue(), end);
        return counts
                ? new UserToken(
                        kid,
                        family,
                        clientId,
                        sub,
                        user,
                        texts(claims, "amr"),
                        scope(claims),
                        texts(claims, "claims"),
                        expiresAt,
                        confirmation)
                : null;
    }

    /** Null where it is bound in no way of ours, or in two. */
    private static @Nullable String confirmation(JsonNode cnf) {
        for (Confirmation.Kind kind : Confirmation.Kind.values()) {
            String thumbprint = cnf.size() == 1 ? JwtClaims.text(cnf, kind.claim()) : null;
            if (thumbprint != null) {
                return new Confirmation(kind, thumbprint).text();
            }
        }
        return null;
    }

    private static Scope scope(JsonNode claims) {
        String scope = JwtClaims.text(claims, "scope");
        return scope == null ? Scope.EMPTY : Scope.parse(scope);
    }

    private static List<String> texts(JsonNode claims, String name) {
        List<String> texts = new ArrayList<>();
        claims.path(name).forEach(value -> texts.add(value.asText()));
        return List.copyOf(texts);
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
}
