package io.gatehouse.deploy.rehearsal;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.crypto.Hmac;
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
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Starts a demo node with keys and data of its own, uses it as clients do, and stops it. Run by the build with the option
 * of Java that writes an archive at exit.
 */
public final class Rehearsal {
    /** Side by side, since each waits for the disk most of the time. */
    private static final int CLIENTS = 4;
    /**
     * Of each client. Enough for Java to see which methods are hot, and how they are used; its profile goes into the archive,
     * and a node compiles by it rather than by its own first ten thousand requests.
     */
    private static final int ROUNDS = 500;

    private static final String AUTHORIZE =
            "/api/authorizeByJWT.do?response_type=code&client_id=demo&email=ada@example.org&jwt_token=";
    /** Of the demo's client, as its password. */
    private static final String KEY = "demo-jwt-login-key-0123456789abcdef";

    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String CLIENT = "Authorization: Basic "
            + Base64.getEncoder()
                    .encodeToString("demo:demo-secret-0123456789abcdef0123456789".getBytes(StandardCharsets.US_ASCII))
            + "\r\n";

    private Rehearsal() {}

    /** Fails with an exception, and thereby without an archive, if anything goes wrong. */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("gatehouse-rehearsal");
        try {
            rehearse(folder);
        } finally {
            delete(folder);
        }
        System.exit(0);
    }

    private static void rehearse(Path folder) throws Exception {
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

    private static void use(URI address, URI management) throws Exception {
        try (HttpConnection connection = new HttpConnection(management)) {
            for (String path : List.of("/health/live", "/health/ready")) {
                connection.send("GET", path, "", "");
            }
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            for (Future<?> client : threads.invokeAll(Collections.nCopies(CLIENTS, () -> client(address)))) {
                client.get();
            }
        }
    }

    private static Void client(URI address) throws IOException {
        try (HttpConnection connection = new HttpConnection(address)) {
            String refreshToken = login(connection);
            for (int round = 0; round < ROUNDS; round++) {
                documents(connection);
                tokens(connection);
                code(connection);
                refreshToken = refresh(connection, refreshToken);
            }
        }
        return null;
    }

    private static void documents(HttpConnection connection) throws IOException {
        for (String path : List.of("/oauth2/jwks", "/.well-known/oauth-authorization-server")) {
            connection.send("GET", path, "", "");
        }
    }

    private static void code(HttpConnection connection) throws IOException {
        String given = connection.send("GET", AUTHORIZE + loginJwt(), "", "");
        String code = new JsonObject(given).getString("code");
        connection.send("POST", "/api/token.do?grant_type=authorization_code&code=" + code, CLIENT, "");
    }

    /** As a client signs it; its number makes it a new one. */
    private static String loginJwt() {
        byte[] claims = new JsonObject()
                .put("client_id", "demo")
                .put("iat", Instant.now().getEpochSecond())
                .put("jti", Entropy.bytes(16).base64Url())
                .toBuffer()
                .getBytes();
        String input = base64Url("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.US_ASCII)) + "." + base64Url(claims);
        return input + "." + new Hmac(Bytes.utf8(KEY)).of(Bytes.utf8(input)).base64Url();
    }

    private static String base64Url(byte[] bytes) {
        return Bytes.owned(bytes).base64Url();
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
