package io.gatehouse.gateway.http;

import io.gatehouse.common.config.Cidr;
import io.gatehouse.common.config.ServerConfig;
import io.gatehouse.common.config.TlsConfig;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.gateway.tls.ListenerTls;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The public listener with a few endpoints that tell what arrived. There are the tenants {@code main} and {@code shop}.
 */
final class TestServer implements AutoCloseable {
    private static final PassThrough NOTHING_PASSES = new PassThrough() {
        @Override
        public boolean owns(String authority) {
            return false;
        }

        @Override
        public boolean knows(String authority) {
            return false;
        }

        @Override
        public Future<Outcome> pass(HttpServerRequest request, Exchange exchange) {
            return null;
        }
    };

    static final int MAX_BODY = 65_536;
    private static final int MAX_HEADERS = 16_384;

    /** What a test may turn. */
    record Settings(
            Duration idle,
            Duration request,
            int connections,
            List<Cidr> proxies,
            boolean demo,
            boolean cleartextHttp2,
            TlsConfig tls) {
        static final Settings USUAL =
                new Settings(Duration.ofSeconds(60), Duration.ofSeconds(60), 1000, List.of(), false, false, null);

        Settings times(Duration newIdle, Duration newRequest) {
            return new Settings(newIdle, newRequest, connections, proxies, demo, cleartextHttp2, tls);
        }

        Settings connections(int limit) {
            return new Settings(idle, request, limit, proxies, demo, cleartextHttp2, tls);
        }

        Settings proxies(String... blocks) {
            return new Settings(
                    idle,
                    request,
                    connections,
                    List.of(blocks).stream().map(Cidr::parse).toList(),
                    demo,
                    cleartextHttp2,
                    tls);
        }

        Settings inDemo() {
            return new Settings(idle, request, connections, proxies, true, cleartextHttp2, tls);
        }

        Settings withCleartextHttp2() {
            return new Settings(idle, request, connections, proxies, demo, true, tls);
        }

        Settings tls(TlsConfig configured) {
            return new Settings(idle, request, connections, proxies, demo, cleartextHttp2, configured);
        }

        private ServerConfig config() {
            return new ServerConfig(
                    "127.0.0.1",
                    0,
                    proxies,
                    MAX_BODY,
                    MAX_HEADERS,
                    idle,
                    idle,
                    request,
                    request,
                    connections,
                    1,
                    cleartextHttp2,
                    tls);
        }
    }

    final AtomicInteger calls = new AtomicInteger();
    private final Vertx vertx = Vertx.vertx();
    private final Settings settings;
    private final List<Mount> mounts = new ArrayList<>();
    private PublicServer server;
    private ListenerTls tls;
    private int port;

    private TestServer(Settings settings) {
        this.settings = settings;
        mounts.add(Mount.get("/now", new ProblemErrors(), counted(exchange -> text("now"))));
        on(
                HttpMethod.GET,
                "/later",
                exchange -> vertx.timer(20, TimeUnit.MILLISECONDS).map(late -> reply("later")));
        on(HttpMethod.POST, "/echo", exchange -> text(exchange.body().toString("ISO-8859-1")));
        on(
                HttpMethod.POST,
                "/length",
                exchange -> text(String.valueOf(exchange.body().length())));
        on(HttpMethod.GET, "/tenant", exchange -> text(exchange.tenant()));
        on(HttpMethod.GET, "/things/{thing}/size", exchange -> text(exchange.tenant() + " " + exchange.pathVariable()));
        on(HttpMethod.GET, "/address", exchange -> text(exchange.clientAddress()));
    }

    static TestServer start() {
        return with(Settings.USUAL).listening();
    }

    static TestServer with(Settings settings) {
        return new TestServer(settings);
    }

    TestServer on(HttpMethod method, String path, Endpoint endpoint) {
        return on(method, path, new ProblemErrors(), endpoint);
    }

    TestServer on(HttpMethod method, String path, ErrorStyle style, Endpoint endpoint) {
        mounts.add(new Mount(Set.of(method), path, style, counted(endpoint)));
        return this;
    }

    private Endpoint counted(Endpoint endpoint) {
        return exchange -> {
            calls.incrementAndGet();
            return endpoint.handle(exchange);
        };
    }

    TestServer listening() {
        await(vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                tls = settings.tls() == null ? null : new ListenerTls(settings.tls(), Clock.systemUTC());
                return tls == null ? listen() : tls.open(vertx).compose(opened -> listen());
            }

            private Future<?> listen() {
                server = PublicServer.create(
                        vertx,
                        settings.config(),
                        mounts,
                        TestServer::tenant,
                        settings.demo(),
                        error -> Reply.html(ErrorStatus.of(error), Buffer.buffer("a page"), "default-src 'none'"),
                        true,
                        tls,
                        NOTHING_PASSES);
                return server.listen().onSuccess(bound -> port = bound);
            }
        }));
        return this;
    }

    private static Future<Tenant> tenant(String id) {
        return id.equals("shop")
                ? Future.succeededFuture(new Tenant(id, null, null, 1))
                : Future.failedFuture(new OAuthError.NotFound("tenant").failure());
    }

    static Future<Reply> text(String body) {
        return Future.succeededFuture(reply(body));
    }

    static Reply reply(String body) {
        return Reply.secretJson(200, Buffer.buffer(body));
    }

    int port() {
        return port;
    }

    Vertx vertx() {
        return vertx;
    }

    /** What the server does every ten seconds. */
    void lookAtFiles() {
        await(tls.look(vertx, server::update));
    }

    Future<Void> shutdown(Duration patience) {
        return server.shutdown(patience);
    }

    RawClient connect() {
        return RawClient.connect(port);
    }

    /** One request on a connection of its own, and its answer. */
    RawReply exchange(String... lines) {
        return RawClient.exchange(port, lines);
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(30, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("no answer after 30 s", late);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
