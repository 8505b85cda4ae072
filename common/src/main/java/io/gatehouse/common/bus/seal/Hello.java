package io.gatehouse.common.bus.seal;

import io.gatehouse.common.codec.RecordCodec;
import io.gatehouse.common.crypto.Bytes;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.List;

/**
 * What a process says of itself to the others, once, when it joins them.
 *
 * @param node its id in the cluster, which no process had before
 * @param agreement X25519 key, for as long as it runs, in X.509
 * @param signing P-256 key, likewise
 * @param chain its certificates in DER, the one that it is named in first
 */
public record Hello(String node, Bytes agreement, Bytes signing, Instant issuedAt, List<Bytes> chain) {
    private static final Bytes LABEL = Bytes.utf8("gatehouse bus hello v1\n");

    public Hello {
        chain = List.copyOf(chain);
    }

    /** @param key of the first certificate: EC or RSA */
    public SignedHello sign(PrivateKey key) throws GeneralSecurityException {
        Bytes encoded = RecordCodec.encode(this);
        Signature signature = Signature.getInstance(algorithm(key.getAlgorithm()));
        signature.initSign(key);
        signature.update(signed(encoded).toArray());
        return new SignedHello(encoded, Bytes.owned(signature.sign()));
    }

    /** @param key as {@link java.security.Key#getAlgorithm} names its kind */
    static String algorithm(String key) {
        return key.equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    }

    /** Of nothing else that such a key may sign. */
    static Bytes signed(Bytes hello) {
        return LABEL.plus(hello);
    }
}
