package io.gatehouse.deploy.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README.md tells of applications on the event bus is compiled and run beside a real node. */
class ApplicationExampleTest {
    private static final String SECRET = "orders-secret-0123456789abcdef0123456789";
    private static final Path SOURCES = Path.of("examples", "application");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private static Path folder;

    private static final AtomicReference<Vertx> VERTX = new AtomicReference<>();
    private static NodeProcess node;
    private static URLClassLoader examples;

    @BeforeAll
    static void start() throws Exception {
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        folder.toString(),
                        "-classpath",
                        System.getProperty("java.class.path"),
                        SOURCES.resolve("Orders.java").toString(),
                        SOURCES.resolve("PlainCall.java").toString());
        assertThat(compiled).isZero();
        examples = new URLClassLoader(new URL[] {folder.toUri().toURL()});
        Path config = Files.writeString(folder.resolve("node.yaml"), """
                server: {port: 0}
                management: {port: 0}
                store: {path: %s}
                applications:
                  - {id: orders, secret: %s, operations: [verify, issue]}
                """.formatted(folder.resolve("data"), SECRET));
        node = NodeProcess.start(
                new StartRequest(true, config, Map.of()),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                loops -> {
                    VERTX.set(EventLoops.open(loops));
                    return VERTX.get();
                });
    }

    @AfterAll
    static void stop() throws Exception {
        node.stop();
        node.close();
        examples.close();
    }

    private static String token() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(node.address().resolve("/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials&scope=api&client_id=demo"
                        + "&client_secret=demo-secret-0123456789abcdef0123456789"))
                .build();
        return new JsonObject(send(request).body()).getString("access_token");
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString());
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void theApplicationChecksTokens() throws Exception {
        HttpServer server = ((Future<HttpServer>) examples.loadClass("Orders")
                        .getMethod("serve", Vertx.class, String.class, String.class, int.class)
                        .invoke(null, VERTX.get(), SECRET, node.address().toString(), 0))
                .await();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + "/orders"));
        assertThat(send(request.build()).statusCode()).isEqualTo(401);
        request.header("Authorization", "Bearer " + token());
        assertThat(send(request.build()).body()).isEqualTo("orders of demo\n");
        server.close().await();
    }

    @Test
    void aPlainCallIsAnswered() throws Exception {
        JsonObject asked = new JsonObject()
                .put("token", token())
                .put("audience", node.address().toString());
        assertThat(plain(SECRET, "verify", asked)
                        .await()
                        .getJsonObject("result")
                        .getString("client_id"))
                .isEqualTo("demo");
        assertThat(plain(SECRET, "users", new JsonObject())
                        .await()
                        .getJsonObject("error")
                        .getString("text"))
                .contains("may not do that");
        assertThat(plain(SECRET + "x", "verify", asked)
                        .transform(outcome -> Future.succeededFuture(outcome.failed()))
                        .await())
                .isTrue();
    }

    @SuppressWarnings("unchecked")
    private static Future<JsonObject> plain(String secret, String operation, JsonObject parameters) throws Exception {
        return (Future<JsonObject>) examples.loadClass("PlainCall")
                .getMethod("ask", Vertx.class, String.class, String.class, String.class, JsonObject.class)
                .invoke(null, VERTX.get(), "orders", secret, operation, parameters);
    }

    @Test
    void theReadmeQuotesThem() throws Exception {
        String sources = flat(
                Files.readString(SOURCES.resolve("Orders.java")) + Files.readString(SOURCES.resolve("PlainCall.java")));
        List<String> quoted = JAVA.matcher(Files.readString(Path.of("..", "README.md")))
                .results()
                .map((MatchResult found) -> flat(found.group(1)))
                .toList();
        assertThat(quoted).isNotEmpty().allSatisfy(block -> assertThat(sources).contains(block));
    }

    private static String flat(String code) {
        return code.replaceAll("\\s+", " ").strip();
    }
}
