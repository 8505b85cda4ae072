package io.gatehouse.token;

import io.gatehouse.common.model.JwtAlgorithm;
import io.gatehouse.common.model.SigningAlgorithm;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * A signature algorithm as Java names it.
 *
 * @param parameters null: it has none
 */
record JcaAlgorithm(String name, @Nullable AlgorithmParameterSpec parameters) {
    /** RFC 7518, section 3.5: the salt is as long as the hash. */
    private static final PSSParameterSpec PS256 =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

    static JcaAlgorithm of(SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> ecdsa(256);
            case RS256 -> new JcaAlgorithm("SHA256withRSA", null);
            case PS256 -> new JcaAlgorithm("RSASSA-PSS", PS256);
            case EDDSA -> new JcaAlgorithm("Ed25519", null);
        };
    }

    /** @param algorithm an asymmetric one */
    static JcaAlgorithm of(JwtAlgorithm algorithm) {
        return switch (algorithm.kind()) {
            case EC -> ecdsa(algorithm.hashBits());
            case RSA -> new JcaAlgorithm("SHA" + algorithm.hashBits() + "withRSA", null);
            case HMAC -> throw new IllegalArgumentException(algorithm + " makes no signatures");
        };
    }

    Signature signing(PrivateKey key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(name);
        signature.initSign(key);
        if (parameters != null) {
            signature.setParameter(parameters);
        }
        return signature;
    }

    // RFC 7518, section 3.4: the two numbers side by side, where Java's usual form is ASN.1.
    private static JcaAlgorithm ecdsa(int hashBits) {
        return new JcaAlgorithm("SHA" + hashBits + "withECDSAinP1363Format", null);
    }
}
