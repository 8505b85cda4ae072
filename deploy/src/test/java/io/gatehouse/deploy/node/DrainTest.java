package io.gatehouse.deploy.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that is told to stop while it passes requests on. */
class DrainTest {
    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    /** Held: Vert.x closes the connections of a client that nobody refers to. */
    private final WebSocketClient webSockets = vertx.createWebSocketClient();

    private final HttpClient http = HttpClient.newHttpClient();
    /** What the service has not answered yet. */
    private final BlockingQueue<HttpServerRequest> waiting = new LinkedBlockingQueue<>();

    private NodeProcess node;
    private URI proxied;

    @BeforeEach
    void start() throws IOException {
        int service = vertx.createHttpServer()
                .webSocketHandler(socket -> socket.textMessageHandler(socket::writeTextMessage))
                .requestHandler(waiting::add)
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
        node = PassingNode.start(folder, service, Map.of());
        proxied = PassingNode.at(node);
    }

    @AfterEach
    void stop() {
        node.close();
        http.close();
        vertx.close().await();
    }

    private CompletableFuture<HttpResponse<String>> ask() {
        return http.sendAsync(HttpRequest.newBuilder(proxied).build(), BodyHandlers.ofString());
    }

    private HttpServerRequest arrived() throws InterruptedException {
        HttpServerRequest request = waiting.poll(30, TimeUnit.SECONDS);
        assertThat(request).isNotNull();
        return request;
    }

    private CompletableFuture<Boolean> stopping() throws Exception {
        CompletableFuture<Boolean> stopped = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> stopped.complete(node.stop()));
        for (int i = 0; i < 600; i++) {
            try (HttpClient other = HttpClient.newHttpClient()) {
                other.send(HttpRequest.newBuilder(node.address()).build(), BodyHandlers.discarding());
                Thread.sleep(50);
            } catch (ConnectException closed) {
                return stopped;
            } catch (IOException broken) {
                // One that was accepted just before.
            }
        }
        throw new AssertionError("it still takes connections");
    }

    @Test
    void whatIsPassedOnIsAnsweredBeforeItEnds() throws Exception {
        CompletableFuture<HttpResponse<String>> notBegun = ask();
        HttpServerRequest first = arrived();
        CompletableFuture<HttpResponse<String>> halfDone = ask();
        HttpServerRequest second = arrived();
        second.response().setChunked(true).write("half, ").await();
        CompletableFuture<Boolean> stopped = stopping();
        assertThat(stopped).isNotDone();
        first.response().end("late").await();
        second.response().end("whole").await();
        assertThat(notBegun.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(notBegun.get().body()).isEqualTo("late");
        assertThat(halfDone.get(30, TimeUnit.SECONDS).body()).isEqualTo("half, whole");
        assertThat(stopped.get(30, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> ask().get(30, TimeUnit.SECONDS)).hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void whatTheServiceNeverAnswersIsGivenUpInTime() throws Exception {
        CompletableFuture<HttpResponse<String>> never = ask();
        arrived();
        long begun = System.nanoTime();
        stopping().get(60, TimeUnit.SECONDS);
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun)).isBetween(9L, 30L);
        assertThatThrownBy(() -> never.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void webSocketsAreToldThatItGoesAway() throws Exception {
        CompletableFuture<Short> code = new CompletableFuture<>();
        CompletableFuture<String> echo = new CompletableFuture<>();
        webSockets
                .connect(new WebSocketConnectOptions()
                        .setAbsoluteURI(proxied.toString().replace("http", "ws")))
                .onSuccess(socket -> {
                    socket.textMessageHandler(echo::complete);
                    socket.closeHandler(closed -> code.complete(socket.closeStatusCode()));
                    socket.writeTextMessage("hello");
                })
                .onFailure(echo::completeExceptionally);
        assertThat(echo.get(30, TimeUnit.SECONDS)).isEqualTo("hello");
        assertThat(stopping().get(60, TimeUnit.SECONDS)).isTrue();
        assertThat(code.get(30, TimeUnit.SECONDS)).isEqualTo((short) 1001);
    }
}
