package io.gatehouse.token;

import io.gatehouse.common.model.JcaAlgorithm;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs with a private key. A quick algorithm belongs to one event loop and keeps one {@link Signature} there: preparing
 * one costs more than signing. A slow one signs on worker threads with a fresh one each time, which costs nothing beside
 * the signature itself (measured).
 */
final class JcaSigner {
    private final JcaAlgorithm algorithm;
    private final PrivateKey key;
    private final boolean slow;
    private @Nullable Signature own;

    JcaSigner(JcaAlgorithm algorithm, PrivateKey key, boolean slow) {
        this.algorithm = algorithm;
        this.key = key;
        this.slow = slow;
    }

    byte[] sign(byte[] input) {
        try {
            return slow ? signed(prepared(), input) : signedHere(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing by " + algorithm.name() + " failed", e);
        }
    }

    private byte[] signedHere(byte[] input) throws GeneralSecurityException {
        Signature signature = own == null ? prepared() : own;
        // Kept only once it has worked: one that broke off may be half fed.
        own = null;
        byte[] value = signed(signature, input);
        own = signature;
        return value;
    }

    private Signature prepared() throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm.name());
        signature.initSign(key);
        AlgorithmParameterSpec parameters = algorithm.parameters();
        if (parameters != null) {
            signature.setParameter(parameters);
        }
        return signature;
    }

    private static byte[] signed(Signature signature, byte[] input) throws GeneralSecurityException {
        signature.update(input);
        return signature.sign();
    }
}
