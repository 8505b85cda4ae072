package io.gatehouse.gateway.oauth;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.SignatureCheck;
import io.gatehouse.common.model.SigningAlgorithm;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** Checks the signature of a proof. The algorithm is that of the key, which was made for the one that the header names. */
final class DpopSignature {
    /** RFC 7518, section 3.4; RFC 8032, section 5.1.6. */
    private static final int TWO_NUMBERS = 64;

    /** RFC 7518, section 3.5: the salt is as long as the hash. */
    private static final PSSParameterSpec PS256 =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

    private DpopSignature() {}

    /** @param input what was signed: the first two segments of the JWS */
    static boolean isRight(DpopKey key, String input, Bytes value) {
        return value.length() == length(key)
                && SignatureCheck.isRight(
                        key.key(),
                        name(key.algorithm()),
                        key.algorithm() == SigningAlgorithm.PS256 ? PS256 : null,
                        Bytes.utf8(input),
                        value);
    }

    private static int length(DpopKey key) {
        return key.key() instanceof RSAPublicKey rsa ? (rsa.getModulus().bitLength() + 7) / 8 : TWO_NUMBERS;
    }

    private static String name(SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> "SHA256withECDSAinP1363Format";
            case RS256 -> "SHA256withRSA";
            case PS256 -> "RSASSA-PSS";
            case EDDSA -> "Ed25519";
        };
    }
}
