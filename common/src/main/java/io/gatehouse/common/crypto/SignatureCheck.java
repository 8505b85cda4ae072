package io.gatehouse.common.crypto;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import org.jspecify.annotations.Nullable;

/** Checks signatures and can make none: for parts that must hold no private key. */
public final class SignatureCheck {
    private SignatureCheck() {}

    /**
     * Whether {@code value} is the signature of {@code input} by that key; malformed ones are not.
     *
     * @param algorithm as Java names it
     * @param parameters null: it has none
     */
    public static boolean isRight(
            PublicKey key, String algorithm, @Nullable AlgorithmParameterSpec parameters, Bytes input, Bytes value) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initVerify(key);
            if (parameters != null) {
                signature.setParameter(parameters);
            }
            signature.update(input.shared());
            return signature.verify(value.shared());
        } catch (GeneralSecurityException | RuntimeException malformed) {
            // What one provider calls malformed, another fails on.
            return false;
        }
    }
}
