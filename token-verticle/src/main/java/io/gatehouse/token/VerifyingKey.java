package io.gatehouse.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.SignatureCheck;
import io.gatehouse.common.model.SigningAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** The public part of a tenant's or a client's key: it decides the algorithm, whatever a token says of itself. */
record VerifyingKey(SigningAlgorithm algorithm, PublicKey key) {
    /** RFC 8410, section 4: what stands in front of an Ed25519 public key in X.509. */
    private static final Bytes ED25519 = Bytes.owned(HexFormat.of().parseHex("302a300506032b6570032100"));

    static VerifyingKey of(SigningAlgorithm algorithm, JWK jwk) {
        try {
            return new VerifyingKey(algorithm, publicKey(algorithm, jwk));
        } catch (GeneralSecurityException | JOSEException e) {
            throw new UnusableKey("Signing key " + jwk.getKeyID() + " is no key for " + algorithm.jwsName(), e);
        }
    }

    /** Whether {@code value} is the signature of {@code input} by this key, which may be a stranger's and no good. */
    boolean verifies(Bytes input, Bytes value) {
        JcaAlgorithm named = JcaAlgorithm.of(algorithm);
        return SignatureCheck.isRight(key, named.name(), named.parameters(), input, value);
    }

    private static PublicKey publicKey(SigningAlgorithm algorithm, JWK jwk)
            throws GeneralSecurityException, JOSEException {
        return switch (algorithm) {
            case ES256 -> jwk.toECKey().toECPublicKey();
            case RS256, PS256 -> jwk.toRSAKey().toRSAPublicKey();
            case EDDSA -> edwardsCurve(jwk.toOctetKeyPair());
        };
    }

    private static PublicKey edwardsCurve(OctetKeyPair jwk) throws GeneralSecurityException {
        Bytes encoded = ED25519.plus(Bytes.owned(jwk.getDecodedX()));
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded.toArray()));
    }
}
