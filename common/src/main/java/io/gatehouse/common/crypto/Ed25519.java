package io.gatehouse.common.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** Public Ed25519 keys, which JWKs hold as 32 octets (RFC 8037, section 2) and Java as X.509. */
public final class Ed25519 {
    /** RFC 8410, section 4: what stands in front of the key. */
    private static final Bytes HEAD = Bytes.owned(HexFormat.of().parseHex("302a300506032b6570032100"));

    private Ed25519() {}

    /** The key as X.509 has it. */
    public static Bytes encoded(Bytes octets) {
        return HEAD.plus(octets);
    }

    /** @throws GeneralSecurityException where it is none */
    public static PublicKey key(Bytes octets) throws GeneralSecurityException {
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(encoded(octets).toArray()));
    }
}
