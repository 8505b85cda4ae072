package io.gatehouse.common.x509;

import static io.gatehouse.common.x509.Der.bits;
import static io.gatehouse.common.x509.Der.bool;
import static io.gatehouse.common.x509.Der.integer;
import static io.gatehouse.common.x509.Der.octets;
import static io.gatehouse.common.x509.Der.oid;
import static io.gatehouse.common.x509.Der.sequence;
import static io.gatehouse.common.x509.Der.tagged;
import static io.gatehouse.common.x509.Der.time;

import io.netty.util.NetUtil;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;

/** What a test wants in a certificate; {@link #selfSigned} or {@link #signedBy} makes it, with a new key. */
public final class CertificateRequest {
    public static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    public static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

    private static final AtomicLong SERIAL = new AtomicLong(System.nanoTime());

    private final X500Principal subject;
    private final List<byte[]> names = new ArrayList<>();
    private final List<byte[]> uses = new ArrayList<>();
    private boolean authority;
    private Instant from = Instant.now().minus(Duration.ofDays(1));
    private Instant to = Instant.now().plus(Duration.ofDays(30));
    private KeyPair keys;

    private CertificateRequest(X500Principal subject) {
        this.subject = subject;
    }

    /** @param subject as RFC 4514 writes it */
    public static CertificateRequest of(String subject) {
        return new CertificateRequest(new X500Principal(subject));
    }

    /** @param subject in DER, for what has no words */
    public static CertificateRequest of(byte[] subject) {
        return new CertificateRequest(new X500Principal(subject));
    }

    public CertificateRequest dns(String name) {
        return alternative(2, name.getBytes(StandardCharsets.ISO_8859_1));
    }

    public CertificateRequest uri(String name) {
        return alternative(6, name.getBytes(StandardCharsets.ISO_8859_1));
    }

    public CertificateRequest email(String name) {
        return alternative(1, name.getBytes(StandardCharsets.ISO_8859_1));
    }

    public CertificateRequest ip(String address) {
        return alternative(7, NetUtil.createByteArrayFromIpAddressString(address));
    }

    private CertificateRequest alternative(int type, byte[] name) {
        names.add(tagged(0x80 | type, name));
        return this;
    }

    /** @param use an extended key usage; without any it is for everything */
    public CertificateRequest forUse(String use) {
        uses.add(oid(use));
        return this;
    }

    /** May sign others. */
    public CertificateRequest authority() {
        authority = true;
        return this;
    }

    public CertificateRequest valid(Instant notBefore, Instant notAfter) {
        from = notBefore;
        to = notAfter;
        return this;
    }

    /** With that key in place of a new one. */
    public CertificateRequest keys(KeyPair pair) {
        keys = pair;
        return this;
    }

    public MadeCertificate selfSigned() {
        KeyPair own = own();
        return new MadeCertificate(own, List.of(make(own, subject, own)));
    }

    public MadeCertificate signedBy(MadeCertificate issuer) {
        KeyPair own = own();
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(make(own, issuer.certificate().getSubjectX500Principal(), issuer.keys()));
        chain.addAll(issuer.chain());
        return new MadeCertificate(own, chain);
    }

    private KeyPair own() {
        return keys == null ? elliptic() : keys;
    }

    public static KeyPair elliptic() {
        return pair("EC", 256);
    }

    public static KeyPair rsa() {
        return pair("RSA", 2048);
    }

    public static KeyPair edwards() {
        return pair("Ed25519", 255);
    }

    private static KeyPair pair(String algorithm, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private X509Certificate make(KeyPair own, X500Principal issuer, KeyPair signer) {
        byte[] algorithm = algorithm(signer);
        byte[] body = sequence(
                tagged(0xa0, integer(BigInteger.TWO)),
                integer(BigInteger.valueOf(SERIAL.incrementAndGet())),
                algorithm,
                issuer.getEncoded(),
                sequence(time(from), time(to)),
                subject.getEncoded(),
                own.getPublic().getEncoded(),
                tagged(0xa3, sequence(extensions())));
        try {
            Signature signature = Signature.getInstance(jca(signer));
            signature.initSign(signer.getPrivate());
            signature.update(body);
            byte[] der = sequence(body, algorithm, bits(signature.sign()));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private byte[][] extensions() {
        List<byte[]> all = new ArrayList<>();
        all.add(sequence(oid("2.5.29.19"), bool(), octets(authority ? sequence(bool()) : sequence())));
        if (!names.isEmpty()) {
            all.add(sequence(oid("2.5.29.17"), octets(sequence(names.toArray(byte[][]::new)))));
        }
        if (!uses.isEmpty()) {
            all.add(sequence(oid("2.5.29.37"), octets(sequence(uses.toArray(byte[][]::new)))));
        }
        return all.toArray(byte[][]::new);
    }

    private static byte[] algorithm(KeyPair signer) {
        return switch (signer.getPublic().getAlgorithm()) {
            case "EC" -> sequence(oid("1.2.840.10045.4.3.2"));
            case "RSA" -> sequence(oid("1.2.840.113549.1.1.11"), tagged(0x05));
            default -> sequence(oid("1.3.101.112"));
        };
    }

    private static String jca(KeyPair signer) {
        return switch (signer.getPublic().getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> "Ed25519";
        };
    }
}
