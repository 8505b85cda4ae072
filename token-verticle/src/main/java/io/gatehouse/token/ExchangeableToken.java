package io.gatehouse.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.common.message.UserSeal;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.TokenFamily;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An access token of ours as far as another one can be made of it (RFC 8693). To which key it is bound does not count: who
 * exchanges it is a client that authenticated, and not whoever holds the token.
 *
 * @param owner whose it is and of which session, as the store knows them; a client's own token has the client's id
 * @param sub what its client was told of the owner
 * @param gid names its grant; null: there is none
 * @param user null: a client acts for itself
 * @param details authorization details (RFC 9396), an array; missing: none
 */
record ExchangeableToken(
        String jti,
        String clientId,
        String kid,
        UserSeal.User owner,
        String sub,
        List<String> audience,
        Scope scope,
        Instant expiresAt,
        @Nullable String gid,
        long clientEpoch,
        long consentEpoch,
        @Nullable UserFacts user,
        Provenance provenance,
        JsonNode details)
        implements VerifiedTokens.Signed {
    /**
     * What is said of the user and the login.
     *
     * @param acr null: nothing
     */
    record UserFacts(long epoch, Instant authTime, @Nullable String acr, List<String> amr, List<String> roles) {}

    /** Whether a client got it for itself, and not from another token. */
    boolean isClientsOwn() {
        return user == null
                && provenance.equals(Provenance.NONE)
                && owner.subject().equals(clientId);
    }

    /** What it is denied by, in a token that is made of it. */
    Provenance.Source source() {
        return new Provenance.Source(jti, clientId, clientEpoch, consentEpoch, kid);
    }

    /**
     * Null where it is no token of this issuer's standard endpoints: tokens of vendors' APIs stay there.
     *
     * @param owner null: it can't be told
     */
    static @Nullable ExchangeableToken read(String kid, String issuer, UserSeal.@Nullable User owner, JsonNode claims) {
        String jti = JwtClaims.text(claims, "jti");
        String clientId = JwtClaims.text(claims, "client_id");
        String sub = JwtClaims.text(claims, "sub");
        Instant expiresAt = JwtClaims.time(claims, "exp");
        boolean counts = issuer.equals(JwtClaims.text(claims, "iss"))
                && TokenFamily.OAUTH.claim().equals(JwtClaims.text(claims, "family"));
        if (!counts || owner == null || jti == null || clientId == null || sub == null || expiresAt == null) {
            return null;
        }
        String scope = JwtClaims.text(claims, "scope");
        return new ExchangeableToken(
                jti,
                clientId,
                kid,
                owner,
                sub,
                texts(claims.path("aud")),
                scope == null ? Scope.EMPTY : Scope.parse(scope),
                expiresAt,
                JwtClaims.text(claims, "gid"),
                claims.path("cep").asLong(),
                claims.path("nep").asLong(),
                userFacts(claims),
                Provenance.read(claims),
                claims.path("authorization_details"));
    }

    private static @Nullable UserFacts userFacts(JsonNode claims) {
        Instant authTime = JwtClaims.time(claims, "auth_time");
        return !claims.has("sep") || authTime == null
                ? null
                : new UserFacts(
                        claims.path("sep").asLong(),
                        authTime,
                        JwtClaims.text(claims, "acr"),
                        texts(claims.path("amr")),
                        texts(claims.path("roles")));
    }

    /** A text or a list of them. */
    private static List<String> texts(JsonNode value) {
        if (value.isTextual()) {
            return List.of(value.textValue());
        }
        List<String> texts = new ArrayList<>();
        value.forEach(one -> texts.add(one.asText()));
        return List.copyOf(texts);
    }
}
