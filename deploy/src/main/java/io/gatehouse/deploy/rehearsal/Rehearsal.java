package io.gatehouse.deploy.rehearsal;

import io.gatehouse.deploy.log.Logging;
import io.gatehouse.deploy.node.NodeProcess;
import io.gatehouse.deploy.node.StartRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Starts a demo node with keys and data of its own, uses it as clients do, and stops it. Run by the build with the option
 * of Java that writes an archive at exit.
 */
public final class Rehearsal {
    /** Enough for Java to see which methods are hot; its profile goes into the archive. */
    private static final int ROUNDS = 200;

    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String CLIENT = "Authorization: Basic "
            + Base64.getEncoder()
                    .encodeToString("demo:demo-secret-0123456789abcdef0123456789".getBytes(StandardCharsets.US_ASCII))
            + "\r\n";

    private Rehearsal() {}

    /** Fails with an exception, and thereby without an archive, if anything goes wrong. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("gatehouse-rehearsal");
        try {
            rehearse(folder);
        } finally {
            delete(folder);
        }
        System.exit(0);
    }

    private static void rehearse(Path folder) throws IOException {
        Map<String, String> keys = Map.of(
                "server.port", "0",
                "management.port", "0",
                "store.path", folder.resolve("data").toString());
        NodeProcess process = NodeProcess.start(new StartRequest(true, null, keys), System.out);
        try (process) {
            use(process.address(), process.management());
            process.stop();
        } finally {
            Logging.close();
        }
    }

    private static void use(URI address, URI management) throws IOException {
        try (HttpConnection connection = new HttpConnection(management)) {
            for (String path : List.of("/health/live", "/health/ready")) {
                connection.send("GET", path, "", "");
            }
        }
        try (HttpConnection connection = new HttpConnection(address)) {
            for (String path : List.of("/oauth2/jwks", "/.well-known/oauth-authorization-server")) {
                connection.send("GET", path, "", "");
            }
            String refreshToken = login(connection);
            for (int round = 0; round < ROUNDS; round++) {
                tokens(connection);
                refreshToken = refresh(connection, refreshToken);
            }
        }
    }

    private static void tokens(HttpConnection connection) throws IOException {
        String issued =
                connection.send("POST", "/oauth2/token", CLIENT + FORM, "grant_type=client_credentials&scope=api");
        String token = new JsonObject(issued).getString("access_token");
        connection.send("POST", "/oauth2/introspect", CLIENT + FORM, "token=" + token);
    }

    private static String login(HttpConnection connection) throws IOException {
        String answer = connection.send("POST", "/auth/login", FORM, "username=ada&password=ada-demo-password");
        JsonObject tokens = new JsonObject(answer);
        connection.send("GET", "/auth/me", "Authorization: Bearer " + tokens.getString("access_token") + "\r\n", "");
        return tokens.getString("refresh_token");
    }

    private static String refresh(HttpConnection connection, String refreshToken) throws IOException {
        String body = new JsonObject().put("refresh_token", refreshToken).encode();
        return new JsonObject(connection.send("POST", "/auth/refresh", JSON, body)).getString("refresh_token");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(Rehearsal::remove);
        }
    }

    private static void remove(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
