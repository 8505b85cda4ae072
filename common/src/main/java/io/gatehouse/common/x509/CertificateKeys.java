package io.gatehouse.common.x509;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gatehouse.common.crypto.Base64Url;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Ed25519;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The key in a certificate, against those of a JWK Set (RFC 8705, section 2.2): RSA, P-256 and Ed25519. */
public final class CertificateKeys {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** RFC 5480, section 2.1.1: what an uncompressed point on P-256 stands behind. */
    private static final Bytes P256 =
            Bytes.owned(HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004"));

    private static final int COORDINATE = 32;

    private CertificateKeys() {}

    /**
     * Whether the set has the certificate's public key, for signatures.
     *
     * @param jwks as JSON, read before ({@link io.gatehouse.common.jwk.PublicJwks})
     */
    public static boolean isIn(String jwks, X509Certificate certificate) {
        PublicKey key = certificate.getPublicKey();
        for (JsonNode jwk : keys(jwks)) {
            if (!jwk.path("use").asText("sig").equals("sig")) {
                continue;
            }
            boolean same = switch (key) {
                case RSAPublicKey rsa -> isRsa(rsa, jwk);
                case ECPublicKey elliptic -> isPoint(elliptic, jwk);
                default -> isEdwards(key, jwk);
            };
            if (same) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode keys(String jwks) {
        try {
            return MAPPER.readTree(jwks).path("keys");
        } catch (JsonProcessingException malformed) {
            return MAPPER.createArrayNode();
        }
    }

    private static boolean isRsa(RSAPublicKey key, JsonNode jwk) {
        return is(jwk, "kty", "RSA")
                && key.getModulus().equals(number(jwk, "n"))
                && key.getPublicExponent().equals(number(jwk, "e"));
    }

    private static boolean isPoint(ECPublicKey key, JsonNode jwk) {
        Bytes x = bytes(jwk, "x");
        Bytes y = bytes(jwk, "y");
        return is(jwk, "crv", "P-256")
                && x.length() == COORDINATE
                && y.length() == COORDINATE
                && P256.plus(x).plus(y).equals(encoded(key));
    }

    private static boolean isEdwards(PublicKey key, JsonNode jwk) {
        Bytes x = bytes(jwk, "x");
        return is(jwk, "crv", "Ed25519")
                && x.length() == COORDINATE
                && Ed25519.encoded(x).equals(encoded(key));
    }

    private static Bytes encoded(PublicKey key) {
        byte @Nullable [] encoded = key.getEncoded();
        return encoded == null ? Bytes.EMPTY : Bytes.of(encoded);
    }

    private static boolean is(JsonNode jwk, String name, String value) {
        return value.equals(jwk.path(name).textValue());
    }

    private static BigInteger number(JsonNode jwk, String name) {
        return new BigInteger(1, bytes(jwk, name).toArray());
    }

    /** Empty where there are none. */
    private static Bytes bytes(JsonNode jwk, String name) {
        String text = jwk.path(name).textValue();
        Bytes value = text == null ? null : Base64Url.decode(text);
        return value == null ? Bytes.EMPTY : value;
    }
}
