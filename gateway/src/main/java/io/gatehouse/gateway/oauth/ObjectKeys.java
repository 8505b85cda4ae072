package io.gatehouse.gateway.oauth;

import io.gatehouse.common.model.SigningAlgorithm;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which keys of a client's set may have signed a request object. */
final class ObjectKeys {
    /** Each costs a verification. */
    private static final int MOST = 4;

    /** In characters of base64url: 2048 to 4096 bits, and an exponent that takes no time. */
    private static final int SHORTEST_MODULUS = 342;

    private static final int LONGEST_MODULUS = 683;
    private static final int LONGEST_EXPONENT = 6;

    private ObjectKeys() {}

    /**
     * JWKs of that algorithm, with nothing in them but the public key.
     *
     * @param jwks a JWK Set as JSON
     * @param kid that the header names; null: any of them. A key without kid may be meant, whatever it names.
     */
    static List<JsonObject> of(String jwks, SigningAlgorithm algorithm, @Nullable String kid) {
        JsonObject set = StrictObject.parse(jwks);
        JsonArray keys = set != null && set.getValue("keys") instanceof JsonArray array ? array : new JsonArray();
        return keys.stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .filter(key -> kid == null || isAbsentOr(key, "kid", kid))
                .filter(key -> isFor(key, algorithm))
                .sorted(Comparator.comparing(ObjectKeys::isNameless))
                .limit(MOST)
                .map(key -> publicKey(key, algorithm))
                .toList();
    }

    private static boolean isFor(JsonObject key, SigningAlgorithm algorithm) {
        return isAbsentOr(key, "use", "sig")
                && isOfAlgorithm(key, algorithm)
                && switch (algorithm) {
                    case ES256 -> isText(key, "kty", "EC") && isText(key, "crv", "P-256") && has(key, "x", "y");
                    case EDDSA -> isText(key, "kty", "OKP") && isText(key, "crv", "Ed25519") && has(key, "x");
                    case RS256, PS256 -> isText(key, "kty", "RSA") && has(key, "n", "e") && isBounded(key);
                };
    }

    /** RFC 9864 calls EdDSA on the one curve that we have Ed25519. */
    private static boolean isOfAlgorithm(JsonObject key, SigningAlgorithm algorithm) {
        return isAbsentOr(key, "alg", algorithm.jwsName())
                || (algorithm == SigningAlgorithm.EDDSA && isText(key, "alg", "Ed25519"));
    }

    private static boolean isNameless(JsonObject key) {
        return key.getValue("kid") == null;
    }

    private static JsonObject publicKey(JsonObject key, SigningAlgorithm algorithm) {
        JsonObject plain = new JsonObject().put("alg", algorithm.jwsName());
        for (String name : List.of("kty", "crv", "x", "y", "n", "e")) {
            if (key.getValue(name) instanceof String value) {
                plain.put(name, value);
            }
        }
        return plain;
    }

    private static boolean isBounded(JsonObject key) {
        int modulus = key.getString("n").length();
        return modulus >= SHORTEST_MODULUS
                && modulus <= LONGEST_MODULUS
                && key.getString("e").length() <= LONGEST_EXPONENT;
    }

    private static boolean isAbsentOr(JsonObject key, String name, String value) {
        return key.getValue(name) == null || isText(key, name, value);
    }

    private static boolean isText(JsonObject key, String name, String value) {
        return value.equals(key.getValue(name));
    }

    private static boolean has(JsonObject key, String... names) {
        for (String name : names) {
            if (!(key.getValue(name) instanceof String)) {
                return false;
            }
        }
        return true;
    }
}
