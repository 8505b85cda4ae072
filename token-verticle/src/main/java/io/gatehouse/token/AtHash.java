package io.gatehouse.token;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.model.IdTokenAlgorithm;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Binds an access token to the ID token beside it (OpenID Connect Core, section 3.1.3.6). */
final class AtHash {
    private AtHash() {}

    /** The claim: the left half of the token's hash, by the hash of the ID token's algorithm. */
    static String of(Secret accessToken, IdTokenAlgorithm algorithm) {
        // Ed25519 hashes by SHA-512 (RFC 8032, section 5.1).
        Bytes hash = algorithm == IdTokenAlgorithm.EDDSA
                ? sha512(accessToken.value())
                : accessToken.digest().value();
        return hash.slice(0, hash.length() / 2).base64Url();
    }

    private static Bytes sha512(Bytes text) {
        try {
            return Bytes.owned(MessageDigest.getInstance("SHA-512").digest(text.toArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-512", e);
        }
    }
}
