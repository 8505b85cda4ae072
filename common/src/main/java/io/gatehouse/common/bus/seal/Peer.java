package io.gatehouse.common.bus.seal;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.SignatureCheck;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Set;

/** Another member, whose hello was looked at and found right. */
public final class Peer {
    private final String node;
    private final Set<Part> parts;
    private final Instant notAfter;
    private final String digest;
    private final PublicKey agreement;
    private final PublicKey signing;

    private Peer(
            String node, Set<Part> parts, Instant notAfter, String digest, PublicKey agreement, PublicKey signing) {
        this.node = node;
        this.parts = Set.copyOf(parts);
        this.notAfter = notAfter;
        this.digest = digest;
        this.agreement = agreement;
        this.signing = signing;
    }

    /**
     * @param hello whose signature and certificates were checked
     * @param parts that its certificate names
     * @param notAfter when one of its certificates ends
     * @throws GeneralSecurityException where its keys are none
     */
    public static Peer of(SignedHello hello, Set<Part> parts, Instant notAfter) throws GeneralSecurityException {
        Hello said = hello.read();
        return new Peer(
                said.node(),
                parts,
                notAfter,
                hello.digest(),
                Identity.agreementKey(said.agreement()),
                Identity.signingKey(said.signing()));
    }

    /** Its id in the cluster. */
    public String node() {
        return node;
    }

    public Set<Part> parts() {
        return parts;
    }

    /** Whether its certificates have ended, also in a session that stands. */
    public boolean isExpired(Instant now) {
        return now.isAfter(notAfter);
    }

    String digest() {
        return digest;
    }

    PublicKey agreement() {
        return agreement;
    }

    boolean hasSigned(Bytes input, Bytes signature) {
        return SignatureCheck.isRight(signing, Identity.signatureAlgorithm(), null, input, signature);
    }
}
