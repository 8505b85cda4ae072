package io.gatehouse.gateway.proxy.forward;

import io.gatehouse.gateway.oauth.TestNode;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A service that knows nothing of Gatehouse, over HTTP/1.1 and, without TLS, HTTP/2. It answers by path, else 200 with the
 * target.
 */
final class TestService implements AutoCloseable {
    /** A request as it arrived. */
    record Seen(String method, String target, String version, List<Map.Entry<String, String>> headers) {
        /** All values of a header, whatever the case of its name. */
        List<String> all(String name) {
            return headers.stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(Map.Entry::getValue)
                    .toList();
        }

        String one(String name) {
            List<String> all = all(name);
            if (all.size() != 1) {
                throw new AssertionError(name + " is there " + all.size() + " times in " + this);
            }
            return all.getFirst();
        }
    }

    final List<Seen> seen = new CopyOnWriteArrayList<>();
    final Vertx vertx = Vertx.vertx();
    private final Map<String, Handler<HttpServerRequest>> answers = new ConcurrentHashMap<>();
    private final HttpServer server;

    TestService() {
        this.server = TestNode.await(vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0).setMaxHeaderSize(65_536))
                .requestHandler(this::answer)
                .listen());
    }

    private void answer(HttpServerRequest request) {
        seen.add(new Seen(
                request.method().name(),
                request.uri(),
                request.version().name(),
                request.headers().entries()));
        answers.getOrDefault(request.path(), usual -> usual.response().end(usual.uri()))
                .handle(request);
    }

    TestService on(String path, Handler<HttpServerRequest> answer) {
        answers.put(path, answer);
        return this;
    }

    int port() {
        return server.actualPort();
    }

    /** The only one since the last {@link #forget}. */
    Seen seenOnce() {
        if (seen.size() != 1) {
            throw new AssertionError(seen.size() + " requests: " + seen);
        }
        return seen.getFirst();
    }

    void forget() {
        seen.clear();
    }

    @Override
    public void close() {
        TestNode.await(vertx.close());
    }
}
