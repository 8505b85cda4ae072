package io.gatehouse.common.bus.seal;

import io.gatehouse.common.codec.RecordCodec;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.SignatureCheck;
import java.security.PublicKey;

/**
 * A {@link Hello} as it is handed on.
 *
 * @param hello its bytes
 * @param signature of them, by the key of its certificate
 */
public record SignedHello(Bytes hello, Bytes signature) {
    /** @throws io.gatehouse.common.codec.MalformedRecord where it is none */
    public Hello read() {
        return RecordCodec.decode(hello, Hello.class);
    }

    /** @param key of the first certificate */
    public boolean isSignedBy(PublicKey key) {
        return SignatureCheck.isRight(key, Hello.algorithm(key.getAlgorithm()), null, Hello.signed(hello), signature);
    }

    /** By which two of them are told apart. */
    String digest() {
        return Digest.of(hello).value().base64Url();
    }
}
