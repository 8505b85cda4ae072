package io.gatehouse.gateway.oauth;

import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Ed25519;
import io.gatehouse.common.model.SigningAlgorithm;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The public key that a proof brings along (RFC 9449, section 4.2), of the type that its algorithm wants.
 *
 * @param thumbprint JWK SHA-256 thumbprint (RFC 7638), base64url
 */
record DpopKey(SigningAlgorithm algorithm, PublicKey key, String thumbprint) {
    /** Of private and symmetric keys (RFC 7518, section 6; RFC 8037, section 2). */
    private static final List<String> SECRET = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private static final int COORDINATE = 32;
    private static final int MIN_MODULUS = 2048;
    private static final int MAX_MODULUS = 4096;

    /** A long one would make a signature dear to check. */
    private static final int MAX_EXPONENT = 32;

    /** Null where it is no such key, or holds what nobody else may know. */
    static @Nullable DpopKey of(JsonObject jwk, SigningAlgorithm algorithm) {
        if (SECRET.stream().anyMatch(jwk::containsKey)) {
            return null;
        }
        try {
            return switch (algorithm) {
                case ES256 -> elliptic(jwk);
                case RS256, PS256 -> rsa(jwk, algorithm);
                case EDDSA -> edwards(jwk);
            };
        } catch (GeneralSecurityException | RuntimeException unusable) {
            // Of a stranger's key each provider complains in a way of its own.
            return null;
        }
    }

    private static @Nullable DpopKey elliptic(JsonObject jwk) throws GeneralSecurityException {
        Bytes x = bytes(jwk, "x");
        Bytes y = bytes(jwk, "y");
        if (!is(jwk, "kty", "EC") || !is(jwk, "crv", "P-256") || !isCoordinate(x) || !isCoordinate(y)) {
            return null;
        }
        ECPoint point = new ECPoint(number(x), number(y));
        return P256.has(point)
                ? new DpopKey(
                        SigningAlgorithm.ES256,
                        KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, P256.PARAMETERS)),
                        thumbprint("{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"" + x.base64Url() + "\",\"y\":\""
                                + y.base64Url() + "\"}"))
                : null;
    }

    private static @Nullable DpopKey rsa(JsonObject jwk, SigningAlgorithm algorithm) throws GeneralSecurityException {
        Bytes modulus = bytes(jwk, "n");
        Bytes exponent = bytes(jwk, "e");
        if (!is(jwk, "kty", "RSA") || !isNumber(modulus) || !isNumber(exponent)) {
            return null;
        }
        BigInteger n = number(modulus);
        BigInteger e = number(exponent);
        boolean usable = n.bitLength() >= MIN_MODULUS
                && n.bitLength() <= MAX_MODULUS
                && e.bitLength() <= MAX_EXPONENT
                && e.testBit(0)
                && e.bitLength() > 1;
        return usable
                ? new DpopKey(
                        algorithm,
                        KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(n, e)),
                        thumbprint("{\"e\":\"" + exponent.base64Url() + "\",\"kty\":\"RSA\",\"n\":\""
                                + modulus.base64Url() + "\"}"))
                : null;
    }

    private static @Nullable DpopKey edwards(JsonObject jwk) throws GeneralSecurityException {
        Bytes x = bytes(jwk, "x");
        if (!is(jwk, "kty", "OKP") || !is(jwk, "crv", "Ed25519") || !isCoordinate(x)) {
            return null;
        }
        return new DpopKey(
                SigningAlgorithm.EDDSA,
                Ed25519.key(x),
                thumbprint("{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + x.base64Url() + "\"}"));
    }

    private static boolean is(JsonObject jwk, String name, String value) {
        return value.equals(jwk.getValue(name));
    }

    /** Empty where there are none. */
    private static Bytes bytes(JsonObject jwk, String name) {
        Bytes value = jwk.getValue(name) instanceof String text ? Base64Url.decode(text) : null;
        return value == null ? Bytes.EMPTY : value;
    }

    private static boolean isCoordinate(Bytes value) {
        return value.length() == COORDINATE;
    }

    /** RFC 7518, section 2: without zeros in front, so that one key has one thumbprint. */
    private static boolean isNumber(Bytes value) {
        return value.length() > 0 && value.at(0) != 0;
    }

    private static BigInteger number(Bytes value) {
        return new BigInteger(1, value.toArray());
    }

    /** @param members the required ones, in the order of their names */
    private static String thumbprint(String members) {
        return Digest.of(members).value().base64Url();
    }
}
