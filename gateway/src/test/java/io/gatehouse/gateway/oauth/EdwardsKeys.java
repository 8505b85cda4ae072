package io.gatehouse.gateway.oauth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Ed25519 by the JDK: Nimbus wants a further library for it. */
final class EdwardsKeys {
    private static final Map<String, PrivateKey> PRIVATE = new ConcurrentHashMap<>();

    private EdwardsKeys() {}

    static JWK key(String kid) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            PRIVATE.put(kid, pair.getPrivate());
            byte[] encoded = pair.getPublic().getEncoded();
            byte[] point = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
            return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(point))
                    .keyID(kid)
                    .algorithm(JWSAlgorithm.EdDSA)
                    .keyUse(KeyUse.SIGNATURE)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String signed(Map<String, Object> header, Map<String, Object> claims, JWK key) {
        try {
            String input = Base64URL.encode(new JsonObject(header).encode()) + "."
                    + Base64URL.encode(new JsonObject(claims).encode());
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(PRIVATE.get(key.getKeyID()));
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + Base64URL.encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
