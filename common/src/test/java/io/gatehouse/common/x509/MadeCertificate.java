package io.gatehouse.common.x509;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate and its key.
 *
 * @param chain the certificate, then those up to whoever signed the last
 */
public record MadeCertificate(KeyPair keys, List<X509Certificate> chain) {
    private static final char[] PASSWORD = "changeit".toCharArray();

    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /** The same, sending nothing but itself. */
    public MadeCertificate alone() {
        return new MadeCertificate(keys, chain.subList(0, 1));
    }

    /** The whole chain. */
    public String pem() {
        StringBuilder text = new StringBuilder();
        try {
            for (X509Certificate one : chain) {
                text.append(block("CERTIFICATE", one.getEncoded()));
            }
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
        return text.toString();
    }

    public String keyPem() {
        return block("PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    public Path pemIn(Path folder, String name) throws IOException {
        return Files.writeString(folder.resolve(name), pem());
    }

    public Path keyPemIn(Path folder, String name) throws IOException {
        return Files.writeString(folder.resolve(name), keyPem());
    }

    /** As a PKCS12 file. */
    public Path keystoreIn(Path folder, String name, String password) throws IOException, GeneralSecurityException {
        Path file = folder.resolve(name);
        try (var out = Files.newOutputStream(file)) {
            keystore(password.toCharArray()).store(out, password.toCharArray());
        }
        return file;
    }

    /** Of somebody who trusts that authority and shows this certificate. */
    public SSLContext trusting(MadeCertificate authority) {
        return context(this, authority);
    }

    /** Of somebody who has no certificate. */
    public static SSLContext onlyTrusting(MadeCertificate authority) {
        return context(null, authority);
    }

    private static SSLContext context(MadeCertificate own, MadeCertificate authority) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", authority.certificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            if (own != null) {
                keys.init(own.keystore(PASSWORD), PASSWORD);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own == null ? null : keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private KeyStore keystore(char[] password) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", keys.getPrivate(), password, chain.toArray(X509Certificate[]::new));
        return store;
    }

    private static String block(String kind, byte[] der) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }
}
