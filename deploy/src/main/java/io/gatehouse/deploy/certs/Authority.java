package io.gatehouse.deploy.certs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * Signs for the members of one cluster, and for nothing else: whoever holds its key is a member. Its files lie in one folder.
 */
public final class Authority {
    private static final Duration LIFE = Duration.ofDays(3650);
    private static final Duration NODE_LIFE = Duration.ofDays(730);
    /** For clocks that go after ours. */
    private static final Duration EARLIER = Duration.ofHours(1);

    private final Path folder;
    private final PrivateKey key;
    private final X509Certificate certificate;
    private final Clock clock;

    private Authority(Path folder, PrivateKey key, X509Certificate certificate, Clock clock) {
        this.folder = folder;
        this.key = key;
        this.certificate = certificate;
        this.clock = clock;
    }

    /**
     * The one of a folder, where there is one, else a new one. Blocks.
     *
     * @param folder gets {@code ca.crt} and {@code ca.key}
     */
    public static Authority in(Path folder, Clock clock) throws IOException, GeneralSecurityException {
        Files.createDirectories(folder);
        return Files.exists(folder.resolve("ca.key")) ? read(folder, clock) : make(folder, clock);
    }

    private static Authority make(Path folder, Clock clock) throws IOException, GeneralSecurityException {
        KeyPair keys = pair();
        X500Principal name = new X500Principal("CN=Gatehouse cluster");
        Instant now = clock.instant();
        X509Certificate own = new CertificateDraft(
                        name, keys.getPublic(), now.minus(EARLIER), now.plus(LIFE), true, List.of())
                .sign(name, keys.getPrivate());
        Pem.write(folder.resolve("ca.key"), Pem.PRIVATE_KEY, keys.getPrivate().getEncoded());
        Pem.write(folder.resolve("ca.crt"), Pem.CERTIFICATE, own.getEncoded());
        return new Authority(folder, keys.getPrivate(), own, clock);
    }

    private static Authority read(Path folder, Clock clock) throws IOException, GeneralSecurityException {
        PrivateKey key = KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Pem.read(folder.resolve("ca.key"), Pem.PRIVATE_KEY)));
        try (var in = Files.newInputStream(folder.resolve("ca.crt"))) {
            X509Certificate own =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            return new Authority(folder, key, own, clock);
        }
    }

    /** Makes a key and a certificate for a node, in a folder of its name; they replace those of before. Blocks. */
    public Path issue(NodeIdentity node) throws IOException, GeneralSecurityException {
        KeyPair keys = pair();
        Instant now = clock.instant();
        X509Certificate signed = new CertificateDraft(
                        new X500Principal("CN=" + node.name()),
                        keys.getPublic(),
                        now.minus(EARLIER),
                        now.plus(NODE_LIFE),
                        false,
                        node.uris())
                .sign(certificate.getSubjectX500Principal(), key);
        Path own = Files.createDirectories(folder.resolve(node.name()));
        Pem.write(own.resolve("node.key"), Pem.PRIVATE_KEY, keys.getPrivate().getEncoded());
        Pem.write(own.resolve("node.crt"), Pem.CERTIFICATE, signed.getEncoded());
        Pem.write(own.resolve("ca.crt"), Pem.CERTIFICATE, certificate.getEncoded());
        return own;
    }

    private static KeyPair pair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }
}
