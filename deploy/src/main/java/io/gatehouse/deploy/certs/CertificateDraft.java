package io.gatehouse.deploy.certs;

import static io.gatehouse.common.x509.Der.bits;
import static io.gatehouse.common.x509.Der.bool;
import static io.gatehouse.common.x509.Der.integer;
import static io.gatehouse.common.x509.Der.octets;
import static io.gatehouse.common.x509.Der.oid;
import static io.gatehouse.common.x509.Der.sequence;
import static io.gatehouse.common.x509.Der.tagged;
import static io.gatehouse.common.x509.Der.time;

import io.gatehouse.common.crypto.Entropy;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate to be signed (RFC 5280): what the JDK reads, and has no public way to write.
 *
 * @param key of the subject
 * @param authority whether it signs others, and does nothing else
 * @param uris other names of the subject
 */
record CertificateDraft(
        X500Principal subject, PublicKey key, Instant from, Instant to, boolean authority, List<String> uris) {
    private static final byte[] ECDSA_WITH_SHA256 = sequence(oid("1.2.840.10045.4.3.2"));
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final int SERIAL_BYTES = 16;

    /** As BIT STRINGs: so many unused bits, then the bits of RFC 5280, section 4.2.1.3. */
    private static final byte[] SIGNS_CERTIFICATES = tagged(0x03, new byte[] {1, 0x06});

    private static final byte[] SIGNS = tagged(0x03, new byte[] {7, (byte) 0x80});

    /** @param signer the key of {@code issuer}, on P-256 */
    X509Certificate sign(X500Principal issuer, PrivateKey signer) throws GeneralSecurityException {
        byte[] body = body(issuer);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(signer);
        signature.update(body);
        byte[] der = sequence(body, ECDSA_WITH_SHA256, bits(signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    private byte[] body(X500Principal issuer) {
        return sequence(
                tagged(0xa0, integer(BigInteger.TWO)),
                integer(new BigInteger(1, Entropy.bytes(SERIAL_BYTES).toArray())),
                ECDSA_WITH_SHA256,
                issuer.getEncoded(),
                sequence(time(from), time(to)),
                subject.getEncoded(),
                key.getEncoded(),
                tagged(0xa3, sequence(extensions().toArray(byte[][]::new))));
    }

    private List<byte[]> extensions() {
        List<byte[]> all = new ArrayList<>();
        all.add(critical("2.5.29.19", authority ? sequence(bool()) : sequence()));
        all.add(critical("2.5.29.15", authority ? SIGNS_CERTIFICATES : SIGNS));
        if (!authority) {
            all.add(sequence(oid("2.5.29.37"), octets(sequence(oid(SERVER_AUTH), oid(CLIENT_AUTH)))));
            all.add(sequence(oid("2.5.29.17"), octets(sequence(names()))));
        }
        return all;
    }

    private byte[][] names() {
        return uris.stream()
                .map(uri -> tagged(0x86, uri.getBytes(StandardCharsets.US_ASCII)))
                .toArray(byte[][]::new);
    }

    private static byte[] critical(String id, byte[] value) {
        return sequence(oid(id), bool(), octets(value));
    }
}
