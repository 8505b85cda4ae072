package io.gatehouse.gateway.oauth;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.model.JcaAlgorithm;
import java.security.interfaces.RSAPublicKey;

/** Checks the signature of a proof. The algorithm is that of the key, which was made for the one that the header names. */
final class DpopSignature {
    /** RFC 7518, section 3.4; RFC 8032, section 5.1.6. */
    private static final int TWO_NUMBERS = 64;

    private DpopSignature() {}

    /** @param input what was signed: the first two segments of the JWS */
    static boolean isRight(DpopKey key, String input, Bytes value) {
        return value.length() == length(key)
                && JcaAlgorithm.of(key.algorithm()).isSigned(key.key(), Bytes.utf8(input), value);
    }

    private static int length(DpopKey key) {
        return key.key() instanceof RSAPublicKey rsa ? (rsa.getModulus().bitLength() + 7) / 8 : TWO_NUMBERS;
    }
}
