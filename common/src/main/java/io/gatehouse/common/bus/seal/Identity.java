package io.gatehouse.common.bus.seal;

import io.gatehouse.common.crypto.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.KeyAgreement;

/**
 * This process among the others: keys that it made for as long as it runs and tells nobody, and the hello that names them. What was sealed
 * for it nobody opens once it has ended, not with the key of its certificate either.
 */
public final class Identity {
    private static final String AGREEMENT = "X25519";
    private static final String SIGNATURE = "SHA256withECDSAinP1363Format";
    /** Of a signature: r and s. */
    static final int SIGNATURE_BYTES = 64;

    private final String node;
    private final KeyPair agreement;
    private final KeyPair signing;
    private final SignedHello hello;
    /** Of all that it seals: a session that is begun anew has the keys of before, under which no number may come twice. */
    private final AtomicLong sealed = new AtomicLong();

    private Identity(String node, KeyPair agreement, KeyPair signing, SignedHello hello) {
        this.node = node;
        this.agreement = agreement;
        this.signing = signing;
        this.hello = hello;
    }

    /**
     * With new keys.
     *
     * @param node its id in the cluster
     * @param chain its certificates in DER, its own first
     * @param key of its own certificate
     * @throws GeneralSecurityException where the key can't sign
     */
    public static Identity make(String node, List<Bytes> chain, PrivateKey key, Instant now)
            throws GeneralSecurityException {
        KeyPairGenerator p256 = KeyPairGenerator.getInstance("EC");
        p256.initialize(new ECGenParameterSpec("secp256r1"));
        return of(
                node,
                KeyPairGenerator.getInstance(AGREEMENT).generateKeyPair(),
                p256.generateKeyPair(),
                chain,
                key,
                now);
    }

    static Identity of(String node, KeyPair agreement, KeyPair signing, List<Bytes> chain, PrivateKey key, Instant now)
            throws GeneralSecurityException {
        Hello hello = new Hello(node, encoded(agreement), encoded(signing), now, chain);
        return new Identity(node, agreement, signing, hello.sign(key));
    }

    private static Bytes encoded(KeyPair pair) {
        return Bytes.owned(pair.getPublic().getEncoded());
    }

    public String node() {
        return node;
    }

    /** For the others. */
    public SignedHello hello() {
        return hello;
    }

    long nextNumber() {
        return sealed.incrementAndGet();
    }

    Bytes agree(PublicKey other) throws GeneralSecurityException {
        KeyAgreement agreed = KeyAgreement.getInstance(AGREEMENT);
        agreed.init(agreement.getPrivate());
        agreed.doPhase(other, true);
        return Bytes.owned(agreed.generateSecret());
    }

    Bytes sign(Bytes input) {
        try {
            Signature signature = Signature.getInstance(SIGNATURE);
            signature.initSign(signing.getPrivate());
            signature.update(input.toArray());
            return Bytes.owned(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform signs with ECDSA", e);
        }
    }

    static PublicKey agreementKey(Bytes encoded) throws GeneralSecurityException {
        return read(AGREEMENT, encoded);
    }

    static PublicKey signingKey(Bytes encoded) throws GeneralSecurityException {
        return read("EC", encoded);
    }

    static String signatureAlgorithm() {
        return SIGNATURE;
    }

    private static PublicKey read(String algorithm, Bytes encoded) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded.toArray()));
    }
}
