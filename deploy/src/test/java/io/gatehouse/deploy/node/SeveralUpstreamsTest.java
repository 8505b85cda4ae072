package io.gatehouse.deploy.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service of two servers behind a whole node, one of which is not well. */
class SeveralUpstreamsTest {
    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer good;
    private int badPort;
    private NodeProcess node;

    @BeforeEach
    void start() throws IOException {
        good = vertx.createHttpServer()
                .requestHandler(request -> request.response().end("good"))
                .listen(0, "127.0.0.1")
                .await();
        badPort = freePort();
        Path file = Files.writeString(folder.resolve("gatehouse.yaml"), """
                server: {event_loops: 1}
                routes:
                  - id: shop
                    match: {host: localhost}
                    demand: public
                    upstream: ["http://127.0.0.1:%d", "http://127.0.0.1:%d"]
                """.formatted(good.actualPort(), badPort));
        Map<String, String> keys = Map.of(
                "server.port", "0",
                "management.port", "0",
                "store.path", folder.resolve("data").toString());
        node = NodeProcess.start(
                new StartRequest(true, file, keys), new PrintStream(System.err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        node.stop();
        node.close();
        http.close();
        vertx.close().await();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private HttpResponse<String> send(String method) throws IOException, InterruptedException {
        URI proxied = URI.create("http://localhost:" + node.address().getPort() + "/cart");
        HttpRequest request = HttpRequest.newBuilder(proxied)
                .method(method, method.equals("POST") ? BodyPublishers.ofString("order") : BodyPublishers.noBody())
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private String metric(String line) throws IOException, InterruptedException {
        URI metrics = node.management().resolve("/metrics");
        String text = http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                .body();
        return text.lines()
                .filter(one -> one.startsWith(line + " "))
                .map(one -> one.substring(line.length() + 1))
                .findFirst()
                .orElseThrow(() -> new AssertionError(text));
    }

    @Test
    void whatCouldNotBeSentGoesToTheOtherServerUntilTheFirstIsBack() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(send(i % 2 == 0 ? "GET" : "POST").statusCode()).isEqualTo(200);
        }
        assertThat(metric("gatehouse_route_retries_total{route=\"shop\"}")).isEqualTo("5");
        assertThat(metric("gatehouse_upstream_up{route=\"shop\",upstream=\"0\"}"))
                .isEqualTo("1");
        assertThat(metric("gatehouse_upstream_up{route=\"shop\",upstream=\"1\"}"))
                .isEqualTo("0");
        assertThat(metric("gatehouse_route_requests_total{route=\"shop\",status=\"2xx\"}"))
                .isEqualTo("20");
        vertx.createHttpServer()
                .requestHandler(request -> request.response().end("back"))
                .listen(badPort, "127.0.0.1")
                .await();
        boolean back = false;
        for (int i = 0; i < 600 && !back; i++) {
            Thread.sleep(100);
            back = send("GET").body().equals("back");
        }
        assertThat(back).isTrue();
        assertThat(metric("gatehouse_upstream_up{route=\"shop\",upstream=\"1\"}"))
                .isEqualTo("1");
    }

    @Test
    void onlyWhatMayBeDoneTwiceIsSentAgainWhenAConnectionBreaks() throws Exception {
        vertx.createHttpServer()
                .requestHandler(request -> request.bodyHandler(body -> {
                    asked.incrementAndGet();
                    request.connection().close();
                }))
                .listen(badPort, "127.0.0.1")
                .await();
        assertThat(send("GET").statusCode()).isEqualTo(200);
        assertThat(send("GET").statusCode()).isEqualTo(200);
        assertThat(asked.getAndSet(0)).isEqualTo(1);
        int failed = 0;
        for (int i = 0; i < 4; i++) {
            failed += send("POST").statusCode() == 502 ? 1 : 0;
        }
        assertThat(failed).isEqualTo(2);
        assertThat(asked.get()).as("each of them once").isEqualTo(2);
        assertThat(metric("gatehouse_route_requests_total{route=\"shop\",status=\"5xx\"}"))
                .isEqualTo("2");
    }

    @Test
    void anAnswerThatItDoesNotServeIsPassedOnAndCounts() throws Exception {
        vertx.createHttpServer()
                .requestHandler(request -> request.response().setStatusCode(503).end())
                .listen(badPort, "127.0.0.1")
                .await();
        int refused = 0;
        for (int i = 0; i < 30; i++) {
            refused += send("GET").statusCode() == 503 ? 1 : 0;
        }
        assertThat(refused).isEqualTo(5);
        assertThat(metric("gatehouse_upstream_up{route=\"shop\",upstream=\"1\"}"))
                .isEqualTo("0");
    }
}
