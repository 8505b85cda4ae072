package io.gatehouse.deploy.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node that passes requests on while its routes change. */
class ProxiedReloadTest {
    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    /** What the services hold back. */
    private final BlockingQueue<HttpServerRequest> held = new LinkedBlockingQueue<>();

    private int old;
    private int other;
    private NodeProcess node;

    @BeforeEach
    void start() throws IOException {
        old = service("old");
        other = service("other");
        write(route("stays", old), route("goes", old));
        Map<String, String> keys = Map.of(
                "server.port", "0",
                "management.port", "0",
                "store.path", folder.resolve("data").toString());
        node = NodeProcess.start(
                new StartRequest(true, folder.resolve("gatehouse.yaml"), keys),
                new PrintStream(System.err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        node.stop();
        node.close();
        http.close();
        vertx.close().await();
    }

    private int service(String name) {
        return vertx.createHttpServer()
                .requestHandler(request -> {
                    if (request.path().endsWith("/held")) {
                        held.add(request);
                    } else {
                        request.response().end(name);
                    }
                })
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
    }

    private static String route(String id, int port) {
        return "{id: %s, match: {host: localhost, path: /%s}, demand: public, upstream: [\"http://127.0.0.1:%d\"]}"
                .formatted(id, id, port);
    }

    private void write(String... routes) throws IOException {
        Files.writeString(folder.resolve("gatehouse.yaml"), "routes: [" + String.join(", ", routes) + "]\n");
    }

    private void reload(String... routes) throws Exception {
        write(routes);
        node.reload().await(60, TimeUnit.SECONDS);
    }

    private CompletableFuture<HttpResponse<String>> ask(String path) {
        URI proxied = URI.create("http://localhost:" + node.address().getPort() + path);
        return http.sendAsync(HttpRequest.newBuilder(proxied).build(), BodyHandlers.ofString());
    }

    private String answer(String path) throws Exception {
        HttpResponse<String> answer = ask(path).get(30, TimeUnit.SECONDS);
        return answer.statusCode() == 200 ? answer.body() : String.valueOf(answer.statusCode());
    }

    @Test
    void noRequestIsLostWhileRoutesAndServersChange() throws Exception {
        Set<String> answers = ConcurrentHashMap.newKeySet();
        AtomicInteger asked = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> load = IntStream.range(0, 4)
                .mapToObj(i -> Thread.ofVirtual().start(() -> {
                    while (!over.get()) {
                        answers.add(outcome("/stays/cart"));
                        asked.incrementAndGet();
                    }
                }))
                .toList();
        for (int round = 0; round < 3; round++) {
            more(asked);
            assertThat(answer("/goes")).isEqualTo("old");
            assertThat(answer("/comes")).isEqualTo("404");
            reload(route("comes", other), route("stays", other));
            more(asked);
            assertThat(answer("/comes")).isEqualTo("other");
            assertThat(answer("/goes")).isEqualTo("404");
            assertThat(answer("/stays")).isEqualTo("other");
            reload(route("stays", old), route("goes", old));
        }
        over.set(true);
        for (Thread thread : load) {
            thread.join();
        }
        assertThat(answers).containsExactlyInAnyOrder("old", "other");
    }

    private String outcome(String path) {
        try {
            return answer(path);
        } catch (Exception lost) {
            return lost.toString();
        }
    }

    private static void more(AtomicInteger asked) throws InterruptedException {
        int before = asked.get();
        while (asked.get() < before + 300) {
            Thread.sleep(5);
        }
    }

    @Test
    void whatIsUnderWayEndsByTheRouteThatItBeganWith() throws Exception {
        CompletableFuture<HttpResponse<String>> underWay = ask("/goes/held");
        HttpServerRequest arrived = held.poll(30, TimeUnit.SECONDS);
        reload(route("stays", other));
        assertThat(answer("/goes")).isEqualTo("404");
        arrived.response().end("late").await();
        assertThat(underWay.get(30, TimeUnit.SECONDS).body()).isEqualTo("late");
    }
}
