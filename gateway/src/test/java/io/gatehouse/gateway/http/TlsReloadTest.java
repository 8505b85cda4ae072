package io.gatehouse.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.x509.CertificateRequest;
import io.gatehouse.common.x509.MadeCertificate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates are renewed while the server runs. */
class TlsReloadTest {
    @TempDir
    Path folder;

    private ServerFiles files;
    private MadeCertificate first;
    private TestServer server;

    @BeforeEach
    void start() {
        files = new ServerFiles(folder);
        first = files.server();
        files.write(first);
        server = TestServer.with(TestServer.Settings.USUAL.tls(files.config())).listening();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private SSLSocket connect() throws Exception {
        SSLSocket socket = (SSLSocket) files.trusting().getSocketFactory().createSocket("127.0.0.1", server.port());
        socket.setSoTimeout(30_000);
        socket.startHandshake();
        return socket;
    }

    private Certificate shown() throws Exception {
        try (SSLSocket socket = connect()) {
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    @Test
    void newFilesCountWithoutARestartAndOpenConnectionsGoOn() throws Exception {
        try (SSLSocket before = connect()) {
            MadeCertificate second = files.server();
            files.write(second);
            assertThat(shown()).as("nobody has looked yet").isEqualTo(first.certificate());
            server.lookAtFiles();
            assertThat(shown()).isEqualTo(second.certificate());

            before.getOutputStream()
                    .write(RawClient.request("GET /now HTTP/1.1", "Host: a").getBytes(StandardCharsets.ISO_8859_1));
            byte[] start = before.getInputStream().readNBytes(15);
            assertThat(new String(start, StandardCharsets.ISO_8859_1)).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    @Test
    void halfAChangeKeepsTheFormerUntilItIsWhole() throws Exception {
        MadeCertificate second = files.server();
        second.pemIn(folder, "server.crt");
        server.lookAtFiles();
        assertThat(shown()).as("the key is still another's").isEqualTo(first.certificate());

        second.keyPemIn(folder, "server.key");
        server.lookAtFiles();
        assertThat(shown()).isEqualTo(second.certificate());
    }

    @Test
    void whatIsNoGoodKeepsTheFormer() throws Exception {
        Files.writeString(files.certificate(), "-----BEGIN CERTIFICATE-----\n");
        server.lookAtFiles();
        assertThat(shown()).isEqualTo(first.certificate());

        Files.delete(files.key());
        server.lookAtFiles();
        assertThat(shown()).isEqualTo(first.certificate());

        files.write(CertificateRequest.of("CN=server").ip("127.0.0.1").signedBy(files.authority));
        server.lookAtFiles();
        assertThat(shown()).as("a good one counts again").isNotEqualTo(first.certificate());
    }

    @Test
    void theKeyAloneMayNotChange() throws Exception {
        files.server().keyPemIn(folder, "server.key");
        server.lookAtFiles();
        assertThat(shown()).isEqualTo(first.certificate());
    }
}
