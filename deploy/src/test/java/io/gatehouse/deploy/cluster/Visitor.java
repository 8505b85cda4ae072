package io.gatehouse.deploy.cluster;

import io.gatehouse.common.config.ClusterTlsConfig;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Somebody who knocks at the ports of members. */
final class Visitor {
    /** A server that refuses says so at once; one that lets in waits for what the visitor says. */
    private static final int PATIENCE_MILLIS = 2_000;

    private final SSLContext context;
    private final String protocol;

    /** @param shown null: no certificate */
    Visitor(ClusterTlsConfig shown, String protocol) throws Exception {
        this.protocol = protocol;
        this.context = SSLContext.getInstance("TLS");
        context.init(keys(shown), new TrustManager[] {new Gullible()}, null);
    }

    private static KeyManager[] keys(ClusterTlsConfig shown) throws Exception {
        if (shown == null) {
            return new KeyManager[0];
        }
        Vertx vertx = Vertx.vertx();
        try {
            return new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(Files.readAllBytes(shown.certificate())))
                    .addKeyValue(Buffer.buffer(Files.readAllBytes(shown.key())))
                    .getKeyManagerFactory(vertx)
                    .getKeyManagers();
        } finally {
            vertx.close().await();
        }
    }

    /** With TLS 1.3 a client learns only by reading that its certificate was refused. */
    boolean isLetIn(int port) throws IOException {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.setSoTimeout(10_000);
            socket.startHandshake();
            socket.setSoTimeout(PATIENCE_MILLIS);
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException waiting) {
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /** Takes any server: it is the servers that are tried. */
    private static final class Gullible implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
