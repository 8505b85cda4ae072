package io.gatehouse.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.gatehouse.common.model.JwtAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a private key that an operator wrote in PEM (RFC 7468). No message shows any of it. */
final class PrivateKeyPem {
    private static final int LEAST_RSA_BITS = 2048;
    /** A signature by twice as long a key costs eight times as much. */
    private static final int MOST_RSA_BITS = 4096;

    private static final Pattern ENCAPSULATED =
            Pattern.compile("\\s*-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----\\s*");

    private static final String CONVERSION =
            "convert a key in another form by openssl pkcs8 -topk8 -nocrypt -in KEY -out NEWKEY";

    private PrivateKeyPem() {}

    /**
     * As a JWK with {@code kid}, {@code alg} and {@code use}.
     *
     * @param algorithm that it is to sign by, an asymmetric one
     * @throws StartFailure that says how to make one that fits, as the rest of a sentence about an entry
     */
    static JWK read(String pem, JwtAlgorithm algorithm) {
        byte[] encoded = pkcs8(pem);
        try {
            return algorithm.kind() == JwtAlgorithm.Kind.EC
                    ? ellipticCurve(encoded, algorithm)
                    : rsa(encoded, algorithm);
        } catch (GeneralSecurityException | JOSEException | RuntimeException malformed) {
            if (malformed instanceof StartFailure known) {
                throw known;
            }
            // Without the cause: nobody knows what of the key its message quotes.
            throw unfit(algorithm);
        }
    }

    private static byte[] pkcs8(String pem) {
        Matcher parts = ENCAPSULATED.matcher(pem);
        if (!parts.matches()) {
            throw new StartFailure("has a secret that is no private key in PEM: write all of it and nothing else, from"
                    + " -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----, best as file:PATH; " + CONVERSION);
        }
        String label = parts.group(1);
        if (!label.equals("PRIVATE KEY")) {
            throw new StartFailure(
                    label.endsWith("PRIVATE KEY")
                            ? "has a key in the form " + label + ": " + CONVERSION
                            : "has a " + label + " for a secret: give the private key that belongs to it");
        }
        try {
            return Base64.getMimeDecoder().decode(parts.group(2));
        } catch (IllegalArgumentException malformed) {
            throw new StartFailure("has a private key in PEM that is damaged: copy it again");
        }
    }

    private static JWK rsa(byte[] encoded, JwtAlgorithm algorithm) throws GeneralSecurityException, JOSEException {
        KeyFactory factory = KeyFactory.getInstance("RSA");
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) factory.generatePrivate(new PKCS8EncodedKeySpec(encoded));
        if (key.getModulus().bitLength() < LEAST_RSA_BITS) {
            throw new StartFailure("has an RSA key of " + key.getModulus().bitLength() + " bits: make one of "
                    + LEAST_RSA_BITS + " at least, by " + advice(algorithm));
        }
        if (key.getModulus().bitLength() > MOST_RSA_BITS) {
            throw new StartFailure("has an RSA key of " + key.getModulus().bitLength() + " bits: make one of "
                    + MOST_RSA_BITS + " at most, by " + advice(algorithm));
        }
        RSAPublicKey publicKey =
                (RSAPublicKey) factory.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
        return new RSAKey.Builder(publicKey)
                .privateKey((PrivateKey) key)
                .algorithm(JWSAlgorithm.parse(algorithm.name()))
                .keyUse(KeyUse.SIGNATURE)
                .keyIDFromThumbprint()
                .build();
    }

    private static JWK ellipticCurve(byte[] encoded, JwtAlgorithm algorithm)
            throws GeneralSecurityException, JOSEException {
        ECPrivateKey key =
                (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        Curve curve = Curve.forECParameterSpec(key.getParams());
        if (!Curve.forJWSAlgorithm(JWSAlgorithm.parse(algorithm.name())).contains(curve)) {
            throw unfit(algorithm);
        }
        return new ECKey.Builder(curve, EcPublicKey.of(key))
                .privateKey(key)
                .algorithm(JWSAlgorithm.parse(algorithm.name()))
                .keyUse(KeyUse.SIGNATURE)
                .keyIDFromThumbprint()
                .build();
    }

    private static StartFailure unfit(JwtAlgorithm algorithm) {
        return new StartFailure(
                "has a private key that is none for " + algorithm + ": make one by " + advice(algorithm));
    }

    private static String advice(JwtAlgorithm algorithm) {
        return switch (algorithm) {
            case RS256, RS384, RS512 -> "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048";
            case ES256 -> "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256";
            case ES384 -> "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384";
            case ES512 -> "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521";
            case HS256, HS384, HS512 -> "openssl rand -base64 64";
        };
    }
}
