package io.gatehouse.deploy.management;

import io.gatehouse.common.config.GatehouseConfig;
import io.gatehouse.common.config.ManagementConfig;
import io.gatehouse.common.crypto.Secret;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a running node through its management listener, with the credential that its configuration names. Blocking. */
public final class AdminCall {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final URI base;
    private final Secret token;

    /**
     * @throws UnusableToken where there is no credential, and {@link UnusableNode} where there is no address, with a sentence
     *     for the operator
     */
    public AdminCall(GatehouseConfig config) {
        ManagementConfig management = config.management();
        if (management.port() == 0) {
            throw new UnusableNode("management.port is 0, which any port may be: give the node a port of its own");
        }
        this.token = AdminToken.ofCommand(config);
        this.base = URI.create("http://" + reachable(management.host()) + ":" + management.port());
    }

    /** @throws UnusableNode with a sentence for the operator, where it is not done */
    public JsonObject get(String pathAndQuery) {
        return send(HttpRequest.newBuilder(base.resolve(pathAndQuery)).GET());
    }

    /** As {@link #get}. */
    public JsonObject post(String path, JsonObject body) {
        return send(HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.encode())));
    }

    private JsonObject send(HttpRequest.Builder request) {
        HttpRequest whole = request.header("Authorization", "Bearer " + token.reveal())
                .timeout(ANSWER)
                .build();
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build()) {
            return read(client.send(whole, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException unreachable) {
            throw new UnusableNode("no node answers at " + base
                    + ": start it, or name its configuration by --config (management.host and management.port)");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UnusableNode("this was interrupted: ask again, since it may be done");
        }
    }

    private JsonObject read(HttpResponse<String> answer) {
        JsonObject body = json(answer.body());
        if (answer.statusCode() != 200) {
            throw new UnusableNode("the node at " + base + " says: "
                    + body.getString("detail", "an answer that is none of Gatehouse's (" + answer.statusCode() + ")"));
        }
        return body;
    }

    private static JsonObject json(String body) {
        try {
            return new JsonObject(body);
        } catch (DecodeException foreign) {
            return new JsonObject();
        }
    }

    /** A node that listens on every address is asked at its own. */
    private static String reachable(String host) {
        return switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "[::1]";
            default -> host.contains(":") ? "[" + host + "]" : host;
        };
    }
}
