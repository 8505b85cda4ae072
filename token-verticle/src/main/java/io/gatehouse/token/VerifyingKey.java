package io.gatehouse.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Ed25519;
import io.gatehouse.common.model.JcaAlgorithm;
import io.gatehouse.common.model.SigningAlgorithm;
import java.security.GeneralSecurityException;
import java.security.PublicKey;

/** The public part of a tenant's or a client's key: it decides the algorithm, whatever a token says of itself. */
record VerifyingKey(SigningAlgorithm algorithm, PublicKey key) {
    static VerifyingKey of(SigningAlgorithm algorithm, JWK jwk) {
        try {
            return new VerifyingKey(algorithm, publicKey(algorithm, jwk));
        } catch (GeneralSecurityException | JOSEException e) {
            throw new UnusableKey("Signing key " + jwk.getKeyID() + " is no key for " + algorithm.jwsName(), e);
        }
    }

    /** Whether {@code value} is the signature of {@code input} by this key, which may be a stranger's and no good. */
    boolean verifies(Bytes input, Bytes value) {
        return JcaAlgorithm.of(algorithm).isSigned(key, input, value);
    }

    private static PublicKey publicKey(SigningAlgorithm algorithm, JWK jwk)
            throws GeneralSecurityException, JOSEException {
        return switch (algorithm) {
            case ES256 -> jwk.toECKey().toECPublicKey();
            case RS256, PS256 -> jwk.toRSAKey().toRSAPublicKey();
            case EDDSA -> Ed25519.key(Bytes.owned(jwk.toOctetKeyPair().getDecodedX()));
        };
    }
}
