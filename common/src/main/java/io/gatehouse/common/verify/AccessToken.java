package io.gatehouse.common.verify;

import io.gatehouse.common.message.UserSeal;
import io.gatehouse.common.model.Confirmation;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.TokenFamily;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An access token of ours (RFC 9068) whose signature was right. Whether it still counts is another question.
 *
 * @param subject what its client is told of the user, or the client id where the client acts for itself
 * @param user a user's UUID, which its client may not know; or the client id
 * @param gid the one-way name of its grant; null: it has none
 * @param sessionId as the store knows it, also where the client knows another name; null: it outlives its session, or has none
 * @param subjectEpoch 0 where the subject is a client
 * @param kid the key it was signed with
 * @param userinfoClaims that were asked for one by one, for userinfo
 * @param consentEpoch generation of the consent that it rests on; 0: it rests on none
 * @param confirmation what it is bound to, as {@link Confirmation#text} gives it; null: it is a bearer token
 * @param authorizationDetails a JSON array (RFC 9396, section 9.1); null: none
 * @param provenance of one that was made of others (RFC 8693); null: it was not
 * @param amr how the user logged in (RFC 8176); empty where it speaks for none
 */
public record AccessToken(
        String tenant,
        String issuer,
        String subject,
        String user,
        String clientId,
        TokenFamily family,
        Scope scope,
        List<String> audience,
        List<String> roles,
        String jti,
        @Nullable String gid,
        @Nullable String sessionId,
        long subjectEpoch,
        long clientEpoch,
        String kid,
        Instant issuedAt,
        Instant expiresAt,
        List<String> userinfoClaims,
        long consentEpoch,
        @Nullable String confirmation,
        @Nullable String authorizationDetails,
        @Nullable Provenance provenance,
        List<String> amr) {
    /** With names and ids of the usual length, and its place in a cache. */
    private static final int FOOTPRINT = 800;

    private static final int TEXT_FOOTPRINT = 56;

    public AccessToken {
        audience = List.copyOf(audience);
        roles = List.copyOf(roles);
        userinfoClaims = List.copyOf(userinfoClaims);
        amr = List.copyOf(amr);
    }

    /** Whether it speaks for a user; it does not where a client had it for itself, or what it was made of. */
    public boolean actsForUser() {
        return !user.equals(provenance == null ? clientId : provenance.firstClient());
    }

    /** About how many bytes of the heap it takes. */
    public int footprint() {
        return FOOTPRINT
                + (authorizationDetails == null ? 0 : TEXT_FOOTPRINT + authorizationDetails.length())
                + (provenance == null ? 0 : provenance.footprint())
                + Stream.of(scope.values(), audience, roles, userinfoClaims, amr)
                        .flatMap(Collection::stream)
                        .mapToInt(text -> TEXT_FOOTPRINT + text.length())
                        .sum();
    }

    /** The same, of a client that knows its user and the session by names of its own. */
    public AccessToken of(UserSeal.User owner) {
        return new AccessToken(
                tenant,
                issuer,
                subject,
                owner.subject(),
                clientId,
                family,
                scope,
                audience,
                roles,
                jti,
                gid,
                owner.sessionId(),
                subjectEpoch,
                clientEpoch,
                kid,
                issuedAt,
                expiresAt,
                userinfoClaims,
                consentEpoch,
                confirmation,
                authorizationDetails,
                provenance,
                amr);
    }

    /**
     * One that says itself whose it is.
     *
     * @throws RuntimeException where a claim that every token of ours has is missing or of another type
     */
    public static AccessToken read(String tenant, String kid, JsonObject claims) {
        return new AccessToken(
                tenant,
                required(claims, "iss"),
                required(claims, "sub"),
                required(claims, "sub"),
                required(claims, "client_id"),
                TokenFamily.valueOf(required(claims, "family").toUpperCase(Locale.ROOT)),
                scope(text(claims, "scope")),
                texts(claims.getValue("aud")),
                texts(claims.getValue("roles")),
                required(claims, "jti"),
                text(claims, "gid"),
                text(claims, "sid"),
                claims.getLong("sep", 0L),
                claims.getLong("cep", 0L),
                kid,
                Instant.ofEpochSecond(seconds(claims, "iat")),
                Instant.ofEpochSecond(seconds(claims, "exp")),
                texts(claims.getValue("claims")),
                claims.getLong("nep", 0L),
                confirmation(claims),
                details(claims),
                Provenance.read(claims),
                texts(claims.getValue("amr")));
    }

    /** What is bound in a way that is not ours would count for whoever holds it. */
    private static @Nullable String confirmation(JsonObject claims) {
        Object cnf = claims.getValue("cnf");
        if (cnf == null) {
            return null;
        }
        JsonObject bound = (JsonObject) cnf;
        Confirmation.Kind kind = bound.containsKey(Confirmation.Kind.CERTIFICATE.claim())
                ? Confirmation.Kind.CERTIFICATE
                : Confirmation.Kind.KEY;
        if (bound.size() != 1) {
            throw new IllegalArgumentException("an access token is bound in one way");
        }
        return new Confirmation(kind, required(bound, kind.claim())).text();
    }

    private static @Nullable String details(JsonObject claims) {
        JsonArray details = (JsonArray) claims.getValue("authorization_details");
        return details == null ? null : details.encode();
    }

    static String required(JsonObject claims, String name) {
        String value = text(claims, name);
        if (value == null) {
            throw new IllegalArgumentException("an access token has the claim " + name);
        }
        return value;
    }

    /** {@link JsonObject#getString} would make text of anything. */
    private static @Nullable String text(JsonObject claims, String name) {
        return (String) claims.getValue(name);
    }

    private static Scope scope(@Nullable String text) {
        return text == null ? Scope.EMPTY : Scope.parse(text);
    }

    private static long seconds(JsonObject claims, String name) {
        Long value = claims.getLong(name);
        if (value == null) {
            throw new IllegalArgumentException("an access token has the claim " + name);
        }
        return value;
    }

    private static List<String> texts(@Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        return value instanceof JsonArray list
                ? list.stream().map(String.class::cast).toList()
                : List.of((String) value);
    }
}
