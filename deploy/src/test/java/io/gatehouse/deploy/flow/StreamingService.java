package io.gatehouse.deploy.flow;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;

/**
 * A service that knows nothing of tokens: says back what comes over a WebSocket, counts what is uploaded, and sends events. It speaks
 * HTTP/2 to whoever asks for it by {@code Upgrade: h2c}.
 */
final class StreamingService implements AutoCloseable {
    /** A request line, and the headers as they came. */
    record Asked(String line, List<Map.Entry<String, String>> headers) {
        /** The values of each header of that name. */
        List<String> all(String name) {
            return headers.stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(Map.Entry::getValue)
                    .toList();
        }
    }

    final List<Asked> asked = new CopyOnWriteArrayList<>();
    /** The octets of the upload that is under way. */
    final AtomicLong received = new AtomicLong();

    private final Queue<HttpServerResponse> listeners = new ConcurrentLinkedQueue<>();
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server = await(vertx.createHttpServer(
                    new HttpServerOptions().setHost("127.0.0.1").setPort(0).setHandle100ContinueAutomatically(true))
            .requestHandler(this::answer)
            .listen());

    int port() {
        return server.actualPort();
    }

    void forget() {
        asked.clear();
        received.set(0);
    }

    /** Sends an event to all that listen. */
    void tell(String event) {
        listeners.forEach(listener -> await(listener.write("data: " + event + "\n\n")));
    }

    private void answer(HttpServerRequest request) {
        asked.add(new Asked(
                request.method() + " " + request.uri(),
                List.copyOf(request.headers().entries())));
        if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            Future<ServerWebSocket> unused = request.toWebSocket().onSuccess(StreamingService::echo);
        } else if (request.path().equals("/api/events")) {
            listen(request);
        } else {
            take(request);
        }
    }

    private static void echo(ServerWebSocket socket) {
        socket.textMessageHandler(socket::writeTextMessage);
        socket.binaryMessageHandler(socket::writeBinaryMessage);
    }

    private void listen(HttpServerRequest request) {
        HttpServerResponse response = request.response()
                .putHeader("Content-Type", "text/event-stream")
                .setChunked(true);
        Future<Void> unused = response.writeHead().onSuccess(begun -> listeners.add(response));
    }

    private void take(HttpServerRequest request) {
        CRC32 sum = new CRC32();
        request.handler(piece -> {
            sum.update(piece.getBytes());
            received.addAndGet(piece.length());
        });
        request.endHandler(all -> request.response().end(received.get() + " " + sum.getValue()));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
