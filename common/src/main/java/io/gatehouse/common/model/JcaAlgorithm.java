package io.gatehouse.common.model;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.SignatureCheck;
import java.security.PublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * A signature algorithm as Java names it.
 *
 * @param parameters null: it has none
 */
public record JcaAlgorithm(String name, @Nullable AlgorithmParameterSpec parameters) {
    /** RFC 7518, section 3.5: the salt is as long as the hash. */
    private static final PSSParameterSpec PS256 =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

    public static JcaAlgorithm of(SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> ecdsa(256);
            case RS256 -> new JcaAlgorithm("SHA256withRSA", null);
            case PS256 -> new JcaAlgorithm("RSASSA-PSS", PS256);
            case EDDSA -> new JcaAlgorithm("Ed25519", null);
        };
    }

    /** @param algorithm an asymmetric one */
    public static JcaAlgorithm of(JwtAlgorithm algorithm) {
        return switch (algorithm.kind()) {
            case EC -> ecdsa(algorithm.hashBits());
            case RSA -> new JcaAlgorithm("SHA" + algorithm.hashBits() + "withRSA", null);
            case HMAC -> throw new IllegalArgumentException(algorithm + " makes no signatures");
        };
    }

    /** Whether {@code value} is the signature of {@code input} by that key, which may be a stranger's and no good. */
    public boolean isSigned(PublicKey key, Bytes input, Bytes value) {
        return SignatureCheck.isRight(key, name, parameters, input, value);
    }

    // RFC 7518, section 3.4: the two numbers side by side, where Java's usual form is ASN.1.
    private static JcaAlgorithm ecdsa(int hashBits) {
        return new JcaAlgorithm("SHA" + hashBits + "withECDSAinP1363Format", null);
    }
}
