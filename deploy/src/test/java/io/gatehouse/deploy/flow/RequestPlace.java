package io.gatehouse.deploy.flow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Where a client keeps its request objects: one server, one path, one of them at a time. */
final class RequestPlace {
    private static final String PATH = "/request.jwt";

    private final HttpServer server;
    private volatile int status = 404;
    private volatile String object = "";

    RequestPlace() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(PATH, this::serve);
        server.start();
    }

    String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
    }

    /** What lies there from now on, with the status it is given out with; a redirect leads to the same. */
    void put(int nowStatus, String nowObject) {
        status = nowStatus;
        object = nowObject;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = object.getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().set("Location", uri());
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
