package io.gatehouse.gateway.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A client that signs its requests, by a key of each kind. */
final class SignedRequests {
    private static final JOSEObjectType TYPE = new JOSEObjectType("oauth-authz-req+jwt");

    private final JWK curve = key(JWSAlgorithm.ES256, "ec", false);
    private final JWK rsa = key(JWSAlgorithm.RS256, "rsa", false);
    private final JWK edwards = EdwardsKeys.key("ed");

    String jwks() {
        return Stream.of(curve, rsa, edwards)
                .map(key -> key.toPublicJWK().toJSONString())
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    String signed(String algorithm, Map<String, Object> claims) {
        return switch (algorithm) {
            case "ES256" -> signed(curve, JWSAlgorithm.ES256, TYPE, claims);
            case "EdDSA" ->
                EdwardsKeys.signed(
                        new LinkedHashMap<>(Map.of("alg", "EdDSA", "kid", "ed", "typ", TYPE.getType())),
                        claims,
                        edwards);
            default -> signed(rsa, JWSAlgorithm.parse(algorithm), TYPE, claims);
        };
    }

    /** @param type null: none */
    String typed(JOSEObjectType type, Map<String, Object> claims) {
        return signed(curve, JWSAlgorithm.ES256, type, claims);
    }

    /** @param encrypting whether it says of itself that it is for that */
    static JWK key(JWSAlgorithm algorithm, String kid, boolean encrypting) {
        try {
            KeyUse use = encrypting ? KeyUse.ENCRYPTION : null;
            return algorithm.equals(JWSAlgorithm.ES256)
                    ? new ECKeyGenerator(Curve.P_256).keyID(kid).keyUse(use).generate()
                    : new RSAKeyGenerator(2048).keyID(kid).keyUse(use).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static String signed(JWK key, JWSAlgorithm algorithm, JOSEObjectType type, Map<String, Object> claims) {
        try {
            JWSSigner signer = algorithm.equals(JWSAlgorithm.ES256)
                    ? new ECDSASigner(key.toECKey())
                    : new RSASSASigner(key.toRSAKey());
            JWSHeader header = new JWSHeader.Builder(algorithm)
                    .type(type)
                    .keyID(key.getKeyID())
                    .build();
            JWSObject object = new JWSObject(header, new Payload(claims));
            object.sign(signer);
            return object.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static String part(String json) {
        return Base64URL.encode(json).toString();
    }
}
