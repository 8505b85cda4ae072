package io.gatehouse.gateway.http;

import io.gatehouse.common.config.TlsConfig;
import io.gatehouse.common.config.TlsConfig.ClientAuth;
import io.gatehouse.common.x509.CertificateRequest;
import io.gatehouse.common.x509.MadeCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;

/** The files of a TLS listener on loopback, and the authority that signed what is in them. */
final class ServerFiles {
    final MadeCertificate authority =
            CertificateRequest.of("CN=Authority of the server").authority().selfSigned();
    private final Path folder;

    ServerFiles(Path folder) {
        this.folder = folder;
        write(server());
    }

    /** A new one. */
    MadeCertificate server() {
        return CertificateRequest.of("CN=server")
                .dns("localhost")
                .ip("127.0.0.1")
                .forUse(CertificateRequest.SERVER_AUTH)
                .signedBy(authority);
    }

    void write(MadeCertificate server) {
        try {
            server.pemIn(folder, "server.crt");
            server.keyPemIn(folder, "server.key");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path certificate() {
        return folder.resolve("server.crt");
    }

    Path key() {
        return folder.resolve("server.key");
    }

    TlsConfig config() {
        return config(ClientAuth.NONE);
    }

    TlsConfig config(ClientAuth clientAuth, Path... authorities) {
        return new TlsConfig(certificate(), key(), null, null, clientAuth, List.of(authorities), Duration.ofDays(365));
    }

    /** Of a client without a certificate. */
    SSLContext trusting() {
        return MadeCertificate.onlyTrusting(authority);
    }
}
