package io.gatehouse.deploy.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.config.ConfigLoader;
import io.gatehouse.common.config.ManagementConfig;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.PartHealth;
import io.gatehouse.common.metric.Exposition;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagementServerTest {
    private static final PartHealth FINE = new PartHealth(true, Map.of("kind", "embedded"));

    private final Vertx vertx = Vertx.vertx();
    private final AtomicReference<Future<PartHealth>> store = new AtomicReference<>(Future.succeededFuture(FINE));
    private final HttpClient http = HttpClient.newHttpClient();
    private Readiness readiness;
    private ManagementServer server;
    private int port;

    @BeforeEach
    void start() {
        Map<String, Supplier<Future<PartHealth>>> parts = new LinkedHashMap<>();
        parts.put("store", store::get);
        parts.put("token", () -> Future.succeededFuture(new PartHealth(true, Map.of())));
        readiness = new Readiness(parts);
        ManagementConfig config =
                ConfigLoader.parse("management: {host: 127.0.0.1, port: 0}").management();
        server = new ManagementServer(
                vertx,
                config,
                readiness,
                () -> new Exposition().gauge("up", "Well.").add(1),
                "1.2.3");
        port = server.listen().await();
    }

    @AfterEach
    void stop() {
        server.close().await();
        vertx.close().await();
    }

    @Test
    void metricsAreToldAsText() throws Exception {
        HttpResponse<String> answer = get("/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains(Exposition.MEDIA_TYPE);
        assertThat(answer.body()).isEqualTo("# HELP up Well.\n# TYPE up gauge\nup 1\n");
    }

    @Test
    void aNodeWithAllPartsIsReadyAndTellsDetails() throws Exception {
        HttpResponse<String> answer = get("/health/ready");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
        assertThat(new JsonObject(answer.body()))
                .isEqualTo(new JsonObject()
                        .put("status", "ready")
                        .put("version", "1.2.3")
                        .put(
                                "parts",
                                new JsonObject()
                                        .put(
                                                "store",
                                                new JsonObject()
                                                        .put("ready", true)
                                                        .put("kind", "embedded"))
                                        .put("token", new JsonObject().put("ready", true))));
    }

    @Test
    void aPartThatIsNotReadyIsNamed() throws Exception {
        store.set(Future.succeededFuture(new PartHealth(false, Map.of("kind", "embedded"))));
        assertFailing("store");
    }

    @Test
    void aPartThatDoesNotAnswerIsNamed() throws Exception {
        store.set(Future.failedFuture(new OAuthError.Unavailable("store").failure()));
        assertFailing("store");
    }

    private void assertFailing(String part) throws Exception {
        HttpResponse<String> answer = get("/health/ready");
        assertThat(answer.statusCode()).isEqualTo(503);
        JsonObject body = new JsonObject(answer.body());
        assertThat(body.getString("status")).isEqualTo("not ready");
        assertThat(body.getJsonArray("failing")).isEqualTo(JsonArray.of(part));
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void aNodeThatStopsLivesButIsNotReady() throws Exception {
        readiness.stop();
        HttpResponse<String> answer = get("/health/ready");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(new JsonObject(answer.body()).getString("status")).isEqualTo("stopping");
        assertThat(get("/health/live").body()).isEqualTo("{\"status\":\"live\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health", "/health/ready/", "/oauth2/token", "/%00"})
    void whatIsNotThereIs404(String path) throws Exception {
        assertProblem(get(path), 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void otherMethodsAre405(String method) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/health/ready"))
                .method(method, BodyPublishers.ofString("x".repeat(1000)))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        assertProblem(answer, 405);
        assertThat(answer.headers().firstValue("allow")).contains("GET, HEAD");
    }

    @Test
    void headHasNoBody() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/health/live")).HEAD().build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-length")).contains("17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1:1", "LOCALHOST:8081", "[::1]"})
    void loopbackNamesAreAnswered(String host) throws Exception {
        assertThat(raw("GET /health/live HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example.org", "127.0.0.1.example.org", "10.0.0.1", "local host"})
    void otherHostsAreNot(String host) throws Exception {
        assertThat(raw("GET /health/live HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .matches("(?s)HTTP/1.1 4(21|00) .*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET /health/live HTTP/1.1\r\n\r\n", "nonsense\r\n\r\n", "GET /" + "x HTTP/1.1\r\n: y\r\n\r\n"})
    void whatIsNoRequestIsRefused(String request) throws Exception {
        assertThat(raw(request)).matches("(?s)HTTP/1\\.[01] 4.*");
    }

    @Test
    void endlessHeadersAreRefused() throws Exception {
        String header = "X-Long: " + "x".repeat(100_000) + "\r\n";
        assertThat(raw("GET /health/live HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n"))
                .startsWith("HTTP/1.1 4");
    }

    @Test
    void connectionsAreBounded() throws Exception {
        Socket[] open = new Socket[64];
        try {
            for (int i = 0; i < open.length; i++) {
                open[i] = new Socket("127.0.0.1", port);
                assertThat(ask(open[i])).isNotEmpty();
            }
            try (Socket tooMany = new Socket("127.0.0.1", port)) {
                assertThat(ask(tooMany)).isEmpty();
            }
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    private static String ask(Socket socket) {
        try {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        } catch (IOException closed) {
            return "";
        }
    }

    private static void assertProblem(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        JsonObject problem = new JsonObject(answer.body());
        assertThat(problem.fieldNames()).containsExactly("type", "title", "status", "detail");
        assertThat(problem.getInteger("status")).isEqualTo(status);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
