package io.gatehouse.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.common.message.SessionStatement;
import io.gatehouse.common.model.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom a request comes from that passed the front door, in the words of what opened it.
 *
 * @param basis name of that: the token's {@code jti}, or the session's id
 * @param sub a user as the token's client knows it; the client's own id where it acts for itself
 * @param clientId null: a browser, by its session
 * @param sid null: it has none, or outlives it
 * @param gid null: there is no grant
 * @param actors who act for the subject
 * @param expiresAt from when on it counts no more
 */
record UpstreamSender(
        String basis,
        String sub,
        boolean isUser,
        @Nullable String clientId,
        Scope scope,
        List<String> roles,
        @Nullable String sid,
        @Nullable String gid,
        Provenance actors,
        Instant expiresAt) {

    UpstreamSender {
        roles = List.copyOf(roles);
    }

    static UpstreamSender of(SessionStatement session) {
        return new UpstreamSender(
                session.sid(),
                session.subject(),
                true,
                null,
                Scope.EMPTY,
                session.roles(),
                session.sid(),
                null,
                Provenance.NONE,
                session.expiresAt());
    }

    /** Null where the claims are not those of an access token of this issuer, of whatever family and audience. */
    static @Nullable UpstreamSender read(String issuer, JsonNode claims) {
        String jti = JwtClaims.text(claims, "jti");
        String sub = JwtClaims.text(claims, "sub");
        String clientId = JwtClaims.text(claims, "client_id");
        Instant expiresAt = JwtClaims.time(claims, "exp");
        boolean counts = issuer.equals(JwtClaims.text(claims, "iss"));
        if (!counts || jti == null || sub == null || clientId == null || expiresAt == null) {
            return null;
        }
        String scope = JwtClaims.text(claims, "scope");
        return new UpstreamSender(
                jti,
                sub,
                // The generation of a user: a client for itself has none, nor has what was made of its token.
                claims.has("sep"),
                clientId,
                scope == null ? Scope.EMPTY : Scope.parse(scope),
                roles(claims),
                JwtClaims.text(claims, "sid"),
                JwtClaims.text(claims, "gid"),
                Provenance.read(claims),
                expiresAt);
    }

    private static List<String> roles(JsonNode claims) {
        List<String> roles = new ArrayList<>();
        claims.path("roles").forEach(role -> roles.add(role.asText()));
        return roles;
    }
}
