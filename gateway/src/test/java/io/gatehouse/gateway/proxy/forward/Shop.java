package io.gatehouse.gateway.proxy.forward;

import io.gatehouse.common.x509.CertificateRequest;
import io.gatehouse.common.x509.MadeCertificate;
import io.gatehouse.gateway.TestGateway;
import io.gatehouse.gateway.http.RawClient;
import io.gatehouse.gateway.http.RawReply;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;

/** How clients come to the services of these tests, most of which are the host {@code shop}. */
final class Shop {
    private Shop() {}

    static RawReply get(TestGateway gateway, String target, String... headers) {
        return send(gateway, "shop", "GET " + target, headers);
    }

    /** @param request method and target */
    static RawReply send(TestGateway gateway, String host, String request, String... headers) {
        List<String> lines = new ArrayList<>(List.of(request + " HTTP/1.1", "Host: " + host));
        lines.addAll(List.of(headers));
        return RawClient.exchange(gateway.port(), lines.toArray(String[]::new));
    }

    /** Puts {@code server.crt} and {@code server.key} into a folder; what is returned trusts their authority alone. */
    static SSLContext certify(Path folder) throws Exception {
        MadeCertificate authority =
                CertificateRequest.of("CN=Authority").authority().selfSigned();
        MadeCertificate server = CertificateRequest.of("CN=server")
                .ip("127.0.0.1")
                .forUse(CertificateRequest.SERVER_AUTH)
                .signedBy(authority);
        server.pemIn(folder, "server.crt");
        server.keyPemIn(folder, "server.key");
        return MadeCertificate.onlyTrusting(authority);
    }

    /** One that begins with HTTP/2, without TLS. */
    static HttpClient http2InTheClear(Vertx vertx) {
        return vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
    }

    /** One that asks whoever is there. */
    static HttpClient http2(Vertx vertx) {
        return vertx.createHttpClient(new HttpClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2));
    }
}
