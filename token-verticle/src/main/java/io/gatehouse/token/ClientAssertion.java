package io.gatehouse.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.SigningAlgorithm;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The JWT of a client that authenticates by it (RFC 7523, section 3), not yet verified: its header brings no key, no extension,
 * and no other kind of JWT.
 *
 * @param kid null: it names none
 */
record ClientAssertion(
        CompactJws jws, String algorithm, @Nullable String kid) {
    /** In small letters; a JWT need not say which kind it is. */
    private static final List<String> TYPES = List.of("jwt", "client-authentication+jwt");

    /** @param refusal of what is none, by the reason */
    static ClientAssertion parse(Secret text, Function<String, RuntimeException> refusal) {
        return parse(text, TYPES, refusal);
    }

    /**
     * Of another kind of assertion.
     *
     * @param types that its header may name, in small letters
     */
    static ClientAssertion parse(Secret text, List<String> types, Function<String, RuntimeException> refusal) {
        CompactJws jws = CompactJws.parse(text.reveal(), refusal);
        JsonNode header = StrictJson.object(jws.header());
        String algorithm = header == null ? null : JwtClaims.text(header, "alg");
        if (header == null || algorithm == null) {
            throw refusal.apply("its header is no JSON object with alg");
        }
        if (CompactJws.isForeign(header)) {
            throw refusal.apply("its header brings a key or an extension");
        }
        if (header.has("typ") && !types.contains(header.get("typ").asText("").toLowerCase(Locale.ROOT))) {
            throw refusal.apply("its typ is that of another kind of JWT");
        }
        if (header.has("kid") && !header.get("kid").isTextual()) {
            throw refusal.apply("its kid is no text");
        }
        return new ClientAssertion(jws, usual(algorithm), JwtClaims.text(header, "kid"));
    }

    /** The name that we know an algorithm by: RFC 9864 calls EdDSA on the one curve that we have Ed25519. */
    static String usual(String algorithm) {
        return algorithm.equals("Ed25519") ? SigningAlgorithm.EDDSA.jwsName() : algorithm;
    }

    /** @throws io.gatehouse.common.error.OAuthFailure invalid_client where there are none */
    JsonNode claims() {
        JsonNode claims = StrictJson.object(jws.payload());
        if (claims == null) {
            throw invalid("its payload is no JSON object");
        }
        return claims;
    }

    /** Of one that the client signed. */
    static RuntimeException invalid(String why) {
        return OAuthError.failure(Code.INVALID_CLIENT, "the client_assertion does not count: " + why);
    }
}
