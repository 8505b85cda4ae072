package io.gatehouse.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.model.SigningAlgorithm;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The public keys in the JWK Sets of clients: each set is taken apart once. For one event loop. */
final class ClientPublicKeys {
    private static final int LEAST_RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 4096;
    /** A larger one makes verifying slow. */
    private static final int MOST_EXPONENT_BITS = 32;

    /** Of keys that fit where no kid tells: more are not tried. */
    private static final int TRIED = 8;

    /** In characters of the sets. */
    private static final long REMEMBERED = 4L << 20;

    /** @param kid null: it has none */
    private record Named(@Nullable String kid, VerifyingKey key) {}

    private final Cache<String, List<Named>> sets = Caffeine.newBuilder()
            .maximumWeight(REMEMBERED)
            .<String, List<Named>>weigher((json, keys) -> json.length())
            .executor(Runnable::run)
            .build();

    /**
     * The keys that may have signed something.
     *
     * @param jwks a JWK Set as JSON
     * @param kid that it names; null: any key may. A key without kid may, whatever it names.
     */
    List<VerifyingKey> find(String jwks, SigningAlgorithm algorithm, @Nullable String kid) {
        return sets.get(jwks, ClientPublicKeys::read).stream()
                .filter(named -> named.key.algorithm() == algorithm)
                .filter(named -> kid == null || named.kid == null || named.kid.equals(kid))
                .limit(TRIED)
                .map(Named::key)
                .toList();
    }

    private static List<Named> read(String jwks) {
        List<Named> keys = new ArrayList<>();
        JsonNode set = StrictJson.object(Bytes.utf8(jwks));
        if (set != null) {
            set.path("keys").forEach(key -> addTo(keys, key));
        }
        return keys;
    }

    // RFC 7517, section 5: a key that is none does not spoil the others.
    private static void addTo(List<Named> keys, JsonNode json) {
        try {
            JWK jwk = JWK.parse(json.toString());
            if (jwk.isPrivate() || !isForSignatures(jwk)) {
                return;
            }
            for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
                if (fits(jwk, algorithm)) {
                    keys.add(new Named(jwk.getKeyID(), VerifyingKey.of(algorithm, jwk)));
                }
            }
        } catch (ParseException | JOSEException | IllegalArgumentException | UnusableKey malformed) {
            return;
        }
    }

    private static boolean isForSignatures(JWK jwk) {
        return jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE);
    }

    private static boolean fits(JWK jwk, SigningAlgorithm algorithm) throws JOSEException {
        if (jwk.getAlgorithm() != null
                && !ClientAssertion.usual(jwk.getAlgorithm().getName()).equals(algorithm.jwsName())) {
            return false;
        }
        return switch (algorithm) {
            case ES256 -> isOf(jwk, "EC", "P-256");
            case EDDSA -> isOf(jwk, "OKP", "Ed25519");
            case RS256, PS256 -> jwk instanceof RSAKey rsa && isSane(rsa);
        };
    }

    private static boolean isOf(JWK jwk, String type, String curve) {
        return jwk.getKeyType().getValue().equals(type)
                && curve.equals(jwk.toJSONObject().get("crv"));
    }

    private static boolean isSane(RSAKey rsa) throws JOSEException {
        return rsa.size() >= LEAST_RSA_BITS
                && rsa.size() <= MOST_RSA_BITS
                && rsa.toRSAPublicKey().getPublicExponent().bitLength() <= MOST_EXPONENT_BITS;
    }
}
