package io.gatehouse.gateway.tls;

import io.gatehouse.common.config.SecretValue;
import io.gatehouse.common.config.TlsConfig;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PfxOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;

/** The files of {@code server.tls}. It blocks: not for event loops. */
final class TlsFiles {
    /** More than any certificate bundle needs. */
    private static final long LARGEST = 1 << 20;

    private final TlsConfig config;

    TlsFiles(TlsConfig config) {
        this.config = config;
    }

    /**
     * Of what is in the files now.
     *
     * @throws UnusableTls where one can't be read
     */
    Digest content() {
        Bytes all = Bytes.EMPTY;
        for (Path file : all()) {
            all = all.plus(Digest.of(Bytes.owned(read(file))).value());
        }
        return Digest.of(all);
    }

    /**
     * Reads them and sees that they will do.
     *
     * @throws UnusableTls where they won't
     */
    TlsMaterial material(Vertx vertx) {
        Digest content = content();
        KeyCertOptions identity = identity();
        List<X509Certificate> authorities =
                config.clientCa().stream().flatMap(TlsFiles::authorities).toList();
        TlsRehearsal.run(keys(vertx, identity), name());
        // Somebody was writing while we read: what was seen is no one state of the files.
        if (!content.equals(content())) {
            throw new UnusableTls("the files of server.tls are being changed: try again in a moment");
        }
        return new TlsMaterial(identity, authorities, content);
    }

    private Stream<Path> own() {
        return Stream.of(config.certificate(), config.key(), config.keystore()).filter(Objects::nonNull);
    }

    private List<Path> all() {
        return Stream.concat(own(), config.clientCa().stream()).toList();
    }

    /** As an operator knows it. */
    private String name() {
        return config.keystore() == null
                ? "server.tls.certificate (" + config.certificate() + ")"
                : "server.tls.keystore (" + config.keystore() + ")";
    }

    private KeyCertOptions identity() {
        if (config.certificate() != null && config.key() != null) {
            return new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(read(config.certificate())))
                    .addKeyValue(Buffer.buffer(read(config.key())));
        }
        SecretValue password = config.keystorePassword();
        return new PfxOptions()
                .setValue(Buffer.buffer(read(Objects.requireNonNull(config.keystore()))))
                .setPassword(password == null ? "" : password.reveal());
    }

    /** Not with the parser's words, which may quote a key. */
    private KeyManagerFactory keys(Vertx vertx, KeyCertOptions identity) {
        try {
            return identity.getKeyManagerFactory(vertx);
        } catch (Exception unreadable) {
            throw new UnusableTls(
                    config.keystore() == null
                            ? name() + " and server.tls.key (" + config.key()
                                    + ") are not a certificate and its private key"
                                    + " in PEM: write them whole, from -----BEGIN to -----END, the key unencrypted"
                            : name() + " can't be opened: check that it is PKCS12, and server.tls.keystore_password");
        }
    }

    private static Stream<X509Certificate> authorities(Path file) {
        try {
            List<X509Certificate> read = new ArrayList<>();
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(read(file)))
                    .forEach(one -> read.add((X509Certificate) one));
            if (!read.isEmpty()) {
                return read.stream();
            }
        } catch (CertificateException malformed) {
            // Said below, without the parser's words.
        }
        throw new UnusableTls(
                "server.tls.client_ca (" + file + ") holds no certificate in PEM: write the authority's, from"
                        + " -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----");
    }

    private static byte[] read(Path file) {
        try {
            if (Files.size(file) > LARGEST || !Files.isRegularFile(file)) {
                throw new UnusableTls("server.tls names the file " + file.toAbsolutePath()
                        + ", which is no plain file of at most " + LARGEST + " bytes: name another");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw new UnusableTls("server.tls names the file " + file.toAbsolutePath()
                    + ", which doesn't exist: put it there, or name another");
        } catch (AccessDeniedException denied) {
            throw new UnusableTls("server.tls names the file " + file.toAbsolutePath()
                    + ", which this user may not read: check its owner and mode");
        } catch (IOException failure) {
            throw new UnusableTls("server.tls names the file " + file.toAbsolutePath() + ", which can't be read ("
                    + failure.getClass().getSimpleName() + ")");
        }
    }
}
