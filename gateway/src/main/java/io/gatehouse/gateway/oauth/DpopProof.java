package io.gatehouse.gateway.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.SigningAlgorithm;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A DPoP proof whose signature is right (RFC 9449, section 4.2). Whether it is for this request, of now and new is another
 * question.
 *
 * @param method {@code htm}
 * @param uri {@code htu}
 * @param accessTokenHash {@code ath}; null: none
 * @param nonce null: none
 */
record DpopProof(
        DpopKey key,
        String jti,
        String method,
        String uri,
        Instant issuedAt,
        @Nullable String accessTokenHash,
        @Nullable String nonce) {
    private static final int MAX_LENGTH = 4096;
    private static final int MAX_JTI = 128;

    /** Until the year 5138: a larger number counts no seconds. */
    private static final double MOST_SECONDS = 1e11;

    /**
     * @param keys of proofs that were right, by the header that brought them along
     * @throws io.gatehouse.common.error.OAuthFailure invalid_dpop_proof
     */
    static DpopProof read(String jwt, Cache<String, DpopKey> keys) {
        String[] segments = jwt.length() > MAX_LENGTH ? new String[0] : jwt.split("\\.", -1);
        if (segments.length != 3) {
            throw invalid("is no signed JWT of at most " + MAX_LENGTH + " characters");
        }
        DpopKey known = keys.getIfPresent(segments[0]);
        DpopKey key = known == null ? key(object(segments[0])) : known;
        Bytes signature = Base64Url.decode(segments[2]);
        if (signature == null || !DpopSignature.isRight(key, segments[0] + "." + segments[1], signature)) {
            throw invalid("has a signature that is not its key's");
        }
        if (known == null) {
            keys.put(segments[0], key);
        }
        return of(key, object(segments[1]));
    }

    private static DpopProof of(DpopKey key, JsonObject claims) {
        String jti = required(claims, "jti");
        if (jti.isEmpty() || jti.length() > MAX_JTI) {
            throw invalid("has a jti that is empty or longer than " + MAX_JTI + " characters");
        }
        return new DpopProof(
                key,
                jti,
                required(claims, "htm"),
                required(claims, "htu"),
                time(claims.getValue("iat")),
                text(claims, "ath"),
                text(claims, "nonce"));
    }

    private static DpopKey key(JsonObject header) {
        if (!"dpop+jwt".equals(header.getValue("typ")) || header.containsKey("crit")) {
            throw invalid("must have the typ dpop+jwt, and no crit");
        }
        SigningAlgorithm algorithm = algorithm(header.getValue("alg"));
        DpopKey key = algorithm != null && header.getValue("jwk") instanceof JsonObject jwk
                ? DpopKey.of(jwk, algorithm)
                : null;
        if (key == null) {
            throw invalid("must have an alg of dpop_signing_alg_values_supported and the public key to it as jwk");
        }
        return key;
    }

    private static @Nullable SigningAlgorithm algorithm(@Nullable Object name) {
        return Arrays.stream(SigningAlgorithm.values())
                .filter(algorithm -> algorithm.jwsName().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static JsonObject object(String segment) {
        Bytes json = Base64Url.decode(segment);
        JsonObject object = json == null ? null : StrictObject.parse(json.utf8());
        if (object == null) {
            throw invalid("has a segment that is no JSON object in base64url");
        }
        return object;
    }

    private static String required(JsonObject claims, String name) {
        String value = text(claims, name);
        if (value == null) {
            throw invalid("has no " + name);
        }
        return value;
    }

    private static @Nullable String text(JsonObject claims, String name) {
        Object value = claims.getValue(name);
        if (value != null && !(value instanceof String)) {
            throw invalid("has a " + name + " that is no text");
        }
        return (String) value;
    }

    /** RFC 7519, section 2: seconds, which may have a fraction. */
    private static Instant time(@Nullable Object value) {
        double seconds = value instanceof Number number ? number.doubleValue() : Double.NaN;
        if (!(seconds >= 0 && seconds < MOST_SECONDS)) {
            throw invalid("has no iat in seconds");
        }
        return Instant.ofEpochMilli((long) (seconds * 1000));
    }

    /** @param what is wrong, as the rest of a sentence about the proof */
    static RuntimeException invalid(String what) {
        return OAuthError.failure(Code.INVALID_DPOP_PROOF, "the DPoP proof " + what);
    }
}
