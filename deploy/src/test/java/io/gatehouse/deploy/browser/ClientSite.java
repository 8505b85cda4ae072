package io.gatehouse.deploy.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The web site of a client: another origin than the provider's, to which it sends the browser back. */
final class ClientSite implements AutoCloseable {
    static final String TITLE = "The client's own page";

    private static final String PAGE = """
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>%s</title>
            <link rel="icon" href="data:,"></head><body><h1>%s</h1></body></html>""".formatted(TITLE, TITLE);
    private static final String LOGO = """
            <svg xmlns="http://www.w3.org/2000/svg" width="96" height="32" viewBox="0 0 96 32">
            <rect width="96" height="32" rx="6" fill="#0b3d2e"/><circle cx="48" cy="16" r="9" fill="#ffcc00"/></svg>""";

    /** What the last answer brought, and how. */
    record Received(String method, Map<String, String> parameters) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Received received;

    ClientSite() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> reply(exchange, "text/html; charset=utf-8", PAGE));
        server.createContext("/logo.svg", exchange -> reply(exchange, "image/svg+xml", LOGO));
        server.createContext("/callback", exchange -> {
            received = new Received(exchange.getRequestMethod(), parameters(sent(exchange)));
            reply(exchange, "text/html; charset=utf-8", PAGE);
        });
        server.setExecutor(threads);
        server.start();
    }

    String uri(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    String redirectUri() {
        return uri("/callback");
    }

    /** What the provider's answer was; it is forgotten then. */
    Received take() {
        Received last = received;
        received = null;
        if (last == null) {
            throw new AssertionError("no answer has reached the client");
        }
        return last;
    }

    /** Whether an answer has come since the last was taken. */
    boolean hasReceived() {
        return received != null;
    }

    private static String sent(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String query = exchange.getRequestURI().getRawQuery();
        return body.isEmpty() && query != null ? query : body;
    }

    private static void reply(HttpExchange exchange, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Map<String, String> parameters(String form) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : form.isEmpty() ? new String[0] : form.split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
