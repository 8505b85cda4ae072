package io.gatehouse.gateway.client;

import static io.gatehouse.gateway.oauth.TestNode.await;

import io.gatehouse.common.config.Cidr;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Servers of others on loopback addresses, names that lead there, and clients to reach them with. */
final class Elsewhere implements AutoCloseable {
    /** Of 127.0.0.1. */
    static final String NAME = "app.example.org";

    static final List<Cidr> LOOPBACK = List.of(Cidr.parse("127.0.0.0/8"));

    final Vertx vertx;
    final AtomicInteger requests = new AtomicInteger();
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();

    /** Names are those of a hosts file: where the name server should be, there is none. */
    Elsewhere() {
        this("127.0.0.1:9");
    }

    Elsewhere(String nameServer) {
        vertx = Vertx.vertx(new VertxOptions()
                .setAddressResolverOptions(new AddressResolverOptions()
                        .setHostsValue(Buffer.buffer("127.0.0.1 " + NAME))
                        .setServers(List.of(nameServer))
                        .setSearchDomains(List.of())
                        .setQueryTimeout(1000)
                        .setMaxQueries(2)));
    }

    /** @return its port */
    int serve(Handler<HttpServerRequest> handler) {
        return serve(new HttpServerOptions(), handler);
    }

    int serve(HttpServerOptions options, Handler<HttpServerRequest> handler) {
        return await(vertx.createHttpServer(options)
                        .connectionHandler(connection -> {
                            connections.incrementAndGet();
                            connection.closeHandler(gone -> closed.incrementAndGet());
                        })
                        .requestHandler(request -> {
                            requests.incrementAndGet();
                            handler.handle(request);
                        })
                        .listen(0, "127.0.0.1"))
                .actualPort();
    }

    GuardedHttpClient client(List<Cidr> allow) {
        return client(allow, new HttpClientOptions());
    }

    GuardedHttpClient client(List<Cidr> allow, HttpClientOptions options) {
        return new GuardedHttpClient(vertx, allow, Duration.ofSeconds(25), options);
    }

    GuardedHttpClient hastyClient() {
        return new GuardedHttpClient(vertx, LOOPBACK, Duration.ofMillis(300));
    }

    static OutboundRequest get(String url, Object... parts) {
        return new OutboundRequest(HttpMethod.GET, URI.create(url.formatted(parts)), Map.of(), Buffer.buffer());
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
