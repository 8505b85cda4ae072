package io.gatehouse.deploy.flow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * A server of the Model Context Protocol (streamable HTTP) with one tool: it takes access tokens that are for itself, and tells
 * whoever has none where they are given (RFC 9728, section 5.1).
 */
final class McpServer {
    private static final String METADATA = "/.well-known/oauth-protected-resource/mcp";

    private final HttpServer server;
    private final Supplier<Caller> issuer;

    /** @param issuer asked once somebody calls */
    McpServer(Supplier<Caller> issuer) {
        this.issuer = issuer;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/mcp", this::call);
        server.createContext(METADATA, exchange -> answer(exchange, 200, metadata()));
        server.start();
    }

    /** Its resource identifier. */
    String resource() {
        return origin() + "/mcp";
    }

    private String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private JsonObject metadata() {
        return new JsonObject()
                .put("resource", resource())
                .put(
                        "authorization_servers",
                        new JsonArray().add(issuer.get().base().toString()))
                .put("scopes_supported", new JsonArray().add("tools").add("offline_access"))
                .put("bearer_methods_supported", new JsonArray().add("header"));
    }

    private void call(HttpExchange exchange) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        String subject = authorization == null || !authorization.startsWith("Bearer ")
                ? null
                : subject(authorization.substring("Bearer ".length()));
        if (subject == null) {
            exchange.getResponseHeaders()
                    .set("WWW-Authenticate", "Bearer resource_metadata=\"" + origin() + METADATA + "\"");
            answer(exchange, 401, null);
        } else if (!exchange.getRequestMethod().equals("POST")) {
            answer(exchange, 405, null);
        } else {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            reply(exchange, new JsonObject(body), subject);
        }
    }

    /** Null where the token is not one that this server may take (RFC 9068, section 4). */
    private String subject(String token) {
        try {
            AppJwt jwt =
                    AppJwt.byJwks(token, issuer.get().get("/oauth2/jwks", null).body());
            JsonObject claims = jwt.claims();
            boolean taken = jwt.header().getString("typ").equals("at+jwt")
                    && claims.getString("iss").equals(issuer.get().base().toString())
                    && claims.getValue("aud").equals(resource())
                    && claims.getString("scope").contains("tools");
            return taken ? claims.getString("sub") : null;
        } catch (AssertionError | RuntimeException unusable) {
            return null;
        }
    }

    private static void reply(HttpExchange exchange, JsonObject request, String subject) throws IOException {
        Object result = switch (request.getString("method")) {
            case "initialize" ->
                new JsonObject()
                        .put("protocolVersion", request.getJsonObject("params").getString("protocolVersion"))
                        .put("capabilities", new JsonObject().put("tools", new JsonObject()))
                        .put("serverInfo", new JsonObject().put("name", "boat").put("version", "1"));
            case "tools/call" ->
                new JsonObject()
                        .put(
                                "content",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("type", "text")
                                                .put("text", subject)));
            default -> null;
        };
        if (!request.containsKey("id")) {
            answer(exchange, 202, null);
            return;
        }
        JsonObject answer = new JsonObject().put("jsonrpc", "2.0").put("id", request.getValue("id"));
        answer(
                exchange,
                200,
                result == null
                        ? answer.put(
                                "error", new JsonObject().put("code", -32601).put("message", "no such method"))
                        : answer.put("result", result));
    }

    private static void answer(HttpExchange exchange, int status, JsonObject json) throws IOException {
        try (exchange) {
            byte[] body = json == null ? new byte[0] : json.encode().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
