package io.gatehouse.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.config.SecretValue;
import io.gatehouse.common.config.TlsConfig;
import io.gatehouse.common.config.TlsConfig.ClientAuth;
import io.gatehouse.common.x509.CertificateRequest;
import io.gatehouse.common.x509.MadeCertificate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS of the public listener. */
class TlsListenerTest {
    @TempDir
    Path folder;

    private ServerFiles files;

    @BeforeEach
    void write() {
        files = new ServerFiles(folder);
    }

    private static HttpResponse<String> get(TestServer server, SSLContext context, HttpClient.Version version)
            throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(context).version(version).build()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + "/now"))
                            .timeout(Duration.ofSeconds(30))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static TestServer serving(TlsConfig config) {
        return TestServer.with(TestServer.Settings.USUAL.tls(config)).listening();
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void bothVersionsOfHttpAreSpokenAndHttpsIsAskedFor(HttpClient.Version version) throws Exception {
        try (TestServer server = serving(files.config())) {
            HttpResponse<String> answer = get(server, files.trusting(), version);
            assertThat(answer.version()).isEqualTo(version);
            assertThat(answer.body()).isEqualTo("now");
            assertThat(answer.headers().allValues("strict-transport-security")).containsExactly("max-age=31536000");
        }
    }

    @Test
    void overPlainHttpNobodyIsAskedForHttps() {
        try (TestServer server = TestServer.start()) {
            assertThat(server.exchange("GET /now HTTP/1.1", "Host: a").headers())
                    .doesNotContainKey("strict-transport-security");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, TLS_AES_128_GCM_SHA256, true",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, true",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, false",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, false"
    })
    void onlyForwardSecrecyAndAuthenticatedEncryption(String protocol, String suite, boolean spoken) throws Exception {
        try (TestServer server = serving(files.config());
                SSLSocket socket =
                        (SSLSocket) files.trusting().getSocketFactory().createSocket("127.0.0.1", server.port())) {
            socket.setSoTimeout(30_000);
            socket.setEnabledProtocols(new String[] {protocol});
            socket.setEnabledCipherSuites(new String[] {suite});
            if (spoken) {
                socket.startHandshake();
                assertThat(socket.getSession().getCipherSuite()).isEqualTo(suite);
            } else {
                assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
            }
        }
    }

    @Test
    void aKeystoreDoesAsWell() throws Exception {
        Path keystore = files.server().keystoreIn(folder, "server.p12", "file-password");
        TlsConfig config = new TlsConfig(
                null, null, keystore, SecretValue.of("file-password"), ClientAuth.NONE, List.of(), Duration.ZERO);
        try (TestServer server = serving(config)) {
            HttpResponse<String> answer = get(server, files.trusting(), HttpClient.Version.HTTP_2);
            assertThat(answer.body()).isEqualTo("now");
            assertThat(answer.headers().map()).doesNotContainKey("strict-transport-security");
        }
        TlsConfig mistyped = new TlsConfig(
                null, null, keystore, SecretValue.of("another-one"), ClientAuth.NONE, List.of(), Duration.ZERO);
        assertThatThrownBy(() -> serving(mistyped))
                .hasMessageContaining("server.tls.keystore_password")
                .hasMessageNotContaining("another-one");
    }

    @Test
    void whoIsAskedForACertificateMayHaveNone() throws Exception {
        try (TestServer server = serving(files.config(ClientAuth.REQUEST))) {
            assertThat(get(server, files.trusting(), HttpClient.Version.HTTP_2).body())
                    .isEqualTo("now");
            MadeCertificate anybody = CertificateRequest.of("CN=anybody").selfSigned();
            assertThat(get(server, anybody.trusting(files.authority), HttpClient.Version.HTTP_2)
                            .body())
                    .isEqualTo("now");
        }
    }

    @Test
    void whereACertificateIsRequiredItIsOneOfTheAuthority() throws Exception {
        MadeCertificate authority =
                CertificateRequest.of("CN=Authority of clients").authority().selfSigned();
        Path file = authority.pemIn(folder, "clients.crt");
        try (TestServer server = serving(files.config(ClientAuth.REQUIRE, file))) {
            MadeCertificate client = CertificateRequest.of("CN=client").signedBy(authority);
            MadeCertificate stranger = CertificateRequest.of("CN=client").selfSigned();
            assertThat(get(server, client.trusting(files.authority), HttpClient.Version.HTTP_2)
                            .body())
                    .isEqualTo("now");
            for (SSLContext other : List.of(files.trusting(), stranger.trusting(files.authority))) {
                assertThatThrownBy(() -> get(server, other, HttpClient.Version.HTTP_2))
                        .isInstanceOf(IOException.class);
            }
            assertThat(server.calls).hasValue(1);
        }
    }

    @Test
    void aStartSaysWhatIsWrongWithItsFiles() throws Exception {
        String key = Files.readString(files.key());
        Files.writeString(
                files.key(), CertificateRequest.of("CN=x").selfSigned().keyPem());
        assertRefused("check that they belong together");
        Files.writeString(files.key(), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertRefused("are not a certificate and its private key in PEM");
        Files.delete(files.key());
        assertRefused("server.key, which doesn't exist: put it there, or name another");
        Files.createDirectory(files.key());
        assertRefused("no plain file");
        Files.delete(files.key());
        Files.writeString(files.key(), key);
        files.write(CertificateRequest.of("CN=old")
                .valid(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2021-01-01T00:00:00Z"))
                .signedBy(files.authority));
        assertRefused("2020-01-01T00:00:00Z to 2021-01-01T00:00:00Z, and not now");
        files.write(files.server());
        Path empty = Files.writeString(folder.resolve("clients.crt"), "nothing");
        assertThatThrownBy(() -> serving(files.config(ClientAuth.REQUEST, empty)))
                .hasMessageContaining("server.tls.client_ca")
                .hasMessageContaining("holds no certificate in PEM");
    }

    private void assertRefused(String words) {
        assertThatThrownBy(() -> serving(files.config())).hasMessageContaining(words);
    }
}
