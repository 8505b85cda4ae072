package io.gatehouse.common.client;

import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Ed25519;
import io.gatehouse.common.model.SigningAlgorithm;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;

/** Public JWKs (RFC 7517) as Java keys, without a library: this jar has none. */
final class PublicKeys {
    private PublicKeys() {}

    /** @throws GeneralSecurityException where it is none for the algorithm */
    static PublicKey read(SigningAlgorithm algorithm, JsonObject jwk) throws GeneralSecurityException {
        return switch (algorithm) {
            case ES256 -> p256(jwk);
            case RS256, PS256 ->
                KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(number(jwk, "n"), number(jwk, "e")));
            case EDDSA -> Ed25519.key(octets(jwk, "x"));
        };
    }

    private static PublicKey p256(JsonObject jwk) throws GeneralSecurityException {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        ECPoint point = new ECPoint(number(jwk, "x"), number(jwk, "y"));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
    }

    private static BigInteger number(JsonObject jwk, String name) throws GeneralSecurityException {
        return new BigInteger(1, octets(jwk, name).toArray());
    }

    private static Bytes octets(JsonObject jwk, String name) throws GeneralSecurityException {
        Bytes octets = Base64Url.decode(jwk.getString(name, ""));
        if (octets == null) {
            throw new GeneralSecurityException("a JWK has no " + name);
        }
        return octets;
    }
}
