package io.gatehouse.deploy.flow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A client's own server, at whose jwks_uri its keys are. */
final class KeySetServer {
    final AtomicInteger requests = new AtomicInteger();
    private final String address;
    private final HttpServer server;
    private volatile String keys = "{}";

    /** @param address of this machine */
    KeySetServer(String address) {
        this.address = address;
        try {
            server = HttpServer.create(new InetSocketAddress(address, 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/keys", this::answer);
        server.start();
    }

    String uri() {
        return "http://" + address + ":" + server.getAddress().getPort() + "/keys";
    }

    void publish(String jwks) {
        keys = jwks;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.incrementAndGet();
            byte[] body = keys.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
