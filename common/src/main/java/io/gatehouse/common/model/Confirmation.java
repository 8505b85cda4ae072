package io.gatehouse.common.model;

import io.gatehouse.common.crypto.Digest;

/**
 * What a token or a grant is bound to (RFC 7800). Records and rows hold it as text: a key's thumbprint as it is, a
 * certificate's behind a prefix that no base64url text begins with.
 *
 * @param thumbprint SHA-256, base64url
 */
public record Confirmation(Kind kind, String thumbprint) {
    private static final String CERTIFICATE = "x5t:";

    /** What was proved, by the name of its claim in {@code cnf}. */
    public enum Kind {
        /** A JWK, by a DPoP proof (RFC 9449, section 6.1). */
        KEY("jkt"),
        /** A certificate, by the TLS connection (RFC 8705, section 3.1). */
        CERTIFICATE("x5t#S256");

        private final String claim;

        Kind(String claim) {
            this.claim = claim;
        }

        public String claim() {
            return claim;
        }
    }

    /** @param digest of the certificate in DER */
    public static Confirmation ofCertificate(Digest digest) {
        return new Confirmation(Kind.CERTIFICATE, digest.value().base64Url());
    }

    /** @param text as records hold it */
    public static Confirmation parse(String text) {
        return text.startsWith(CERTIFICATE)
                ? new Confirmation(Kind.CERTIFICATE, text.substring(CERTIFICATE.length()))
                : new Confirmation(Kind.KEY, text);
    }

    /** As records hold it. */
    public String text() {
        return kind == Kind.CERTIFICATE ? CERTIFICATE + thumbprint : thumbprint;
    }
}
