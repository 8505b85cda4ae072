package io.gatehouse.deploy.flow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.gatehouse.common.x509.CertificateRequest;
import io.gatehouse.common.x509.MadeCertificate;
import io.gatehouse.deploy.node.SmallWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The web server of clients, which a node finds in its world by https, under any of a few names. Register it before the node:
 * what the virtual machine trusts by default is its authority while it is there.
 */
final class ClientSites implements BeforeAllCallback, AfterAllCallback {
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";
    private static final String PASSWORD = "changeit";

    private record Document(int status, String type, String body, Map<String, String> headers) {}

    private final String[] names;
    private final SmallWorld world = new SmallWorld();
    private final Map<String, Document> documents = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final HttpsServer server;
    private final MadeCertificate authority =
            CertificateRequest.of("CN=Authority of sites").authority().selfSigned();
    private Path trusted;
    private String trustedBefore;

    ClientSites(String... names) {
        this.names = names;
        try {
            CertificateRequest request = CertificateRequest.of("CN=site");
            for (String name : names) {
                request.dns(name);
            }
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(
                    new HttpsConfigurator(request.signedBy(authority).trusting(authority)));
            server.createContext("/", this::answer);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (String name : names) {
            world.add(name, server.getAddress().getPort());
        }
    }

    SmallWorld world() {
        return world;
    }

    /** What lies at a path from now on, as JSON; its address under the first name. */
    String put(String path, String body) {
        return put(path, 200, "application/json", body, Map.of());
    }

    String put(String path, int status, String type, String body, Map<String, String> headers) {
        documents.put(path, new Document(status, type, body, headers));
        return uri(path);
    }

    String uri(String path) {
        return "https://" + names[0] + path;
    }

    /** How often anybody asked for it. */
    int asked(String path) {
        return asked.getOrDefault(path, new AtomicInteger()).get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            asked.computeIfAbsent(path, first -> new AtomicInteger()).incrementAndGet();
            Document document = documents.getOrDefault(path, new Document(404, "text/plain", "", Map.of()));
            document.headers.forEach(exchange.getResponseHeaders()::set);
            exchange.getResponseHeaders().set("Content-Type", document.type);
            byte[] body = document.body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(document.status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("authority", authority.certificate());
        trusted = Files.createTempFile("gatehouse-trust", ".p12");
        try (var out = Files.newOutputStream(trusted)) {
            store.store(out, PASSWORD.toCharArray());
        }
        trustedBefore = System.setProperty(TRUST_STORE, trusted.toString());
        System.setProperty(TRUST_STORE_PASSWORD, PASSWORD);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (trustedBefore == null) {
            System.clearProperty(TRUST_STORE);
        } else {
            System.setProperty(TRUST_STORE, trustedBefore);
        }
        System.clearProperty(TRUST_STORE_PASSWORD);
        server.stop(0);
        Files.delete(trusted);
    }
}
