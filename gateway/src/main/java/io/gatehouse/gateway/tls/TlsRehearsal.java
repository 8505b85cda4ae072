package io.gatehouse.gateway.tls;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/**
 * A handshake with ourselves, before anybody depends on it: it shows that key and certificate belong together and that they fit
 * what is spoken, which no reader of the files alone could tell.
 */
final class TlsRehearsal {
    /** Far more than a handshake takes. */
    private static final int MOST_STEPS = 200;

    private final SSLEngine client;
    private final SSLEngine server;
    private final ByteBuffer toServer;
    private final ByteBuffer toClient;
    private final ByteBuffer empty = ByteBuffer.allocate(0);
    private final ByteBuffer sink;

    private TlsRehearsal(SSLEngine client, SSLEngine server) {
        this.client = client;
        this.server = server;
        int packet = client.getSession().getPacketBufferSize() * 4;
        this.toServer = ByteBuffer.allocate(packet);
        this.toClient = ByteBuffer.allocate(packet);
        this.sink = ByteBuffer.allocate(client.getSession().getApplicationBufferSize());
    }

    /**
     * @param name of the certificate's file, as an operator knows it
     * @throws UnusableTls where the handshake fails, or the certificate is not valid today
     */
    static void run(KeyManagerFactory keys, String name) {
        X509Certificate certificate;
        try {
            TlsRehearsal rehearsal = new TlsRehearsal(engine(keys, true), engine(keys, false));
            certificate = rehearsal.handshake();
        } catch (GeneralSecurityException | SSLException failed) {
            throw new UnusableTls(
                    name + " and its private key don't do for TLS: check that they belong together, and that the"
                            + " key is RSA of 2048 bits at least or on P-256, P-384 or P-521");
        }
        try {
            certificate.checkValidity();
        } catch (CertificateExpiredException | CertificateNotYetValidException untimely) {
            throw new UnusableTls(name + " is valid from "
                    + certificate.getNotBefore().toInstant() + " to "
                    + certificate.getNotAfter().toInstant()
                    + ", and not now: put a current one there, or set the clock");
        }
    }

    private static SSLEngine engine(KeyManagerFactory keys, boolean asClient) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(asClient ? null : keys.getKeyManagers(), new TrustManager[] {AnyCertificate.INSTANCE}, null);
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(asClient);
        engine.setEnabledProtocols(TlsSuites.PROTOCOLS.toArray(String[]::new));
        engine.setEnabledCipherSuites(TlsSuites.ALL.toArray(String[]::new));
        return engine;
    }

    private X509Certificate handshake() throws SSLException {
        client.beginHandshake();
        server.beginHandshake();
        for (int step = 0; step < MOST_STEPS; step++) {
            if (isDone(client) && isDone(server)) {
                return (X509Certificate) client.getSession().getPeerCertificates()[0];
            }
            advance(client, toServer, toClient);
            advance(server, toClient, toServer);
        }
        throw new SSLException("no end of the handshake");
    }

    private static boolean isDone(SSLEngine engine) {
        return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
                && !engine.getSession().getCipherSuite().equals("SSL_NULL_WITH_NULL_NULL");
    }

    private void advance(SSLEngine engine, ByteBuffer out, ByteBuffer in) throws SSLException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> runTasks(engine);
            case NEED_WRAP -> engine.wrap(empty, out);
            default -> {
                in.flip();
                engine.unwrap(in, sink);
                in.compact();
                sink.clear();
            }
        }
    }

    private static void runTasks(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }
}
