package io.gatehouse.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.Client;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an assertion about a user says (RFC 7523, section 3), once the signature of its issuer was right. */
record GrantAssertion(CompactJws jws, JsonNode claims) {
    /** In small letters; a JWT need not say which kind it is. */
    static final List<String> TYPES = List.of("jwt", "authorization-grant+jwt");

    private static final int LONGEST = 256;

    /** @throws io.gatehouse.common.error.OAuthFailure invalid_grant where there is none */
    String subject() {
        return text("sub");
    }

    /** RFC 7523, section 3, item 3. Who else is named may be whoever shows it here. */
    void checkAudience(String issuer) {
        Set<String> ours = Set.of(issuer, issuer + "/oauth2/token");
        JsonNode aud = claims.path("aud");
        boolean right = aud.isTextual() || (aud.isArray() && !aud.isEmpty());
        for (JsonNode one : aud.isArray() ? aud : List.of(aud)) {
            right &= one.isTextual() && ours.contains(one.textValue());
        }
        if (!right) {
            throw invalid("its aud is not the issuer or the token endpoint of this server, and nobody else");
        }
    }

    /** Where it names a client, it is for no other. */
    void checkClient(Client client) {
        if (claims.has("client_id") && !client.clientId().equals(JwtClaims.text(claims, "client_id"))) {
            throw invalid("its client_id is another client's");
        }
    }

    /** Not over the whole JWT: another spelling of one signature must not make it a new one. */
    Digest replay() {
        return claims.has("jti") ? Digest.of("jti " + text("jti")) : Digest.of(jws.signingInput());
    }

    private String text(String name) {
        String value = JwtClaims.text(claims, name);
        if (value == null || value.isEmpty() || value.length() > LONGEST) {
            throw invalid("its " + name + " is no text of 1 to " + LONGEST + " characters");
        }
        return value;
    }

    /** Of one that a trusted issuer signed. */
    static RuntimeException invalid(@Nullable String why) {
        return OAuthError.failure(Code.INVALID_GRANT, "the assertion does not count: " + why);
    }
}
