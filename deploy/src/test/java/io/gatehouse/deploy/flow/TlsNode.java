package io.gatehouse.deploy.flow;

import io.gatehouse.common.x509.CertificateRequest;
import io.gatehouse.common.x509.MadeCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/** The files of a node that speaks TLS and takes certificates, and the authorities behind them. */
final class TlsNode {
    final MadeCertificate authority =
            CertificateRequest.of("CN=Authority of servers").authority().selfSigned();
    /** That signs for clients. */
    final MadeCertificate clients = CertificateRequest.of("CN=Authority of clients,O=Example")
            .authority()
            .selfSigned();

    private final Path folder;

    TlsNode() {
        try {
            folder = Files.createTempDirectory("gatehouse-tls");
            renew();
            clients.pemIn(folder, "clients.crt");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a new certificate of the server, and its key. */
    MadeCertificate renew() throws IOException {
        MadeCertificate server = CertificateRequest.of("CN=server")
                .dns("localhost")
                .ip("127.0.0.1")
                .signedBy(authority);
        server.pemIn(folder, "server.crt");
        server.keyPemIn(folder, "server.key");
        return server;
    }

    RunningNode running(String yaml) {
        return RunningNode.configured(yaml)
                .with("server.tls.certificate", folder.resolve("server.crt").toString())
                .with("server.tls.key", folder.resolve("server.key").toString())
                .with("server.tls.client_auth", "request")
                .with("server.tls.client_ca", folder.resolve("clients.crt").toString());
    }

    /** Of whoever has no certificate. */
    SSLContext trusting() {
        return MadeCertificate.onlyTrusting(authority);
    }

    SSLContext showing(MadeCertificate certificate) {
        return certificate.trusting(authority);
    }
}
