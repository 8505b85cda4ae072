package io.gatehouse.gateway.http;

import io.gatehouse.common.config.ServerConfig;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.gateway.tls.ListenerTls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The public listener of one event loop: the same port for all of them, connections are dealt out by Vert.x. */
public final class PublicServer {
    static final int MAX_REQUEST_LINE = 8192;
    /** Of one connection at once. */
    private static final int MOST_STREAMS = 64;
    /** What a client may begin and give up: more is a flood (CVE-2023-44487), and ends the connection. */
    private static final int MOST_RESETS = 100;

    private static final int RESETS_SECONDS = 30;
    /** What an idle connection may cost at most; more of them than the heap can bear are turned away. */
    private static final int HEAP_OF_CONNECTION = 16 * 1024;

    private final HttpServer server;
    /** Of HTTP/2 without TLS, see {@link PriorKnowledge}; null: it is not spoken. */
    private final @Nullable HttpServer beside;

    private PublicServer(HttpServer server, @Nullable HttpServer beside) {
        this.server = server;
        this.beside = beside;
    }

    /**
     * Ready to listen, not listening yet.
     *
     * @param tenants fails for a tenant that does not exist
     * @param loopbackHostsOnly whether other Host headers are refused
     * @param pages how a browser reads that a path is unknown
     * @param logsAccess whether each request gets a line
     * @param tls as it was opened; null: plain HTTP
     * @param passThrough what is passed on to services
     */
    public static PublicServer create(
            Vertx vertx,
            ServerConfig config,
            List<Mount> mounts,
            Function<String, Future<Tenant>> tenants,
            boolean loopbackHostsOnly,
            ErrorStyle pages,
            boolean logsAccess,
            @Nullable ListenerTls tls,
            PassThrough passThrough) {
        HttpServerOptions options = options(config, tls);
        int loops = config.eventLoopsOn(Runtime.getRuntime().availableProcessors());
        int most = (int) Math.min(config.maxConnections(), Runtime.getRuntime().maxMemory() / HEAP_OF_CONNECTION);
        Connections connections = new Connections(options, loops, Math.max(1, most / loops), config.requestTimeout());
        BodyReader bodies = new BodyReader(config.maxBody(), config.requestTimeout(), connections.budget());
        StalledReplies stalled = new StalledReplies(config.idleTimeout());
        connections.watch(vertx);
        bodies.watch(vertx);
        stalled.watch(vertx);
        ReplyWriter writer = new ReplyWriter(logsAccess, tls == null ? null : tls.transportSecurity(), stalled);
        Dispatcher dispatcher = new Dispatcher(
                new PathTable(mounts),
                bodies,
                new ClientAddresses(config.trustedProxies()),
                tenants,
                loopbackHostsOnly ? HostCheck.loopbackOnly() : HostCheck.any(),
                pages,
                writer,
                passThrough);
        Router router = Router.router(vertx);
        router.route().handler(dispatcher);
        // What the router refuses by itself: a malformed Host, and a target without a slash in front.
        router.errorHandler(400, dispatcher);
        router.errorHandler(404, dispatcher);
        UnaryOperator<HttpServer> serving = server -> server.connectionHandler(connections::accept)
                .invalidRequestHandler(new InvalidRequests(writer))
                .requestHandler(router);
        if (tls != null || !config.cleartextHttp2()) {
            return new PublicServer(serving.apply(vertx.createHttpServer(options)), null);
        }
        PriorKnowledge both = new PriorKnowledge(vertx, connections);
        return new PublicServer(serving.apply(both.listening(options)), serving.apply(both.beside(options)));
    }

    /** Completes with the port. */
    public Future<Integer> listen() {
        Future<?> prepared = beside == null ? Future.succeededFuture() : beside.listen();
        return prepared.compose(ready -> server.listen()).map(HttpServer::actualPort);
    }

    /** Stops accepting, lets what is in flight finish for at most {@code patience}, then closes. */
    public Future<Void> shutdown(Duration patience) {
        return server.shutdown(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Speaks by other keys and certificates from now on; connections that are open stay. */
    public Future<Boolean> update(ServerSSLOptions options) {
        return server.updateSSLOptions(options, true);
    }

    private static HttpServerOptions options(ServerConfig config, @Nullable ListenerTls tls) {
        HttpServerOptions options = multiplexed(plain(config), config);
        if (tls == null) {
            return options;
        }
        options.setSsl(true)
                .setUseAlpn(true)
                .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
                .setSslHandshakeTimeout(config.requestTimeout().toSeconds())
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
        tls.configure(options.getSslOptions());
        return options;
    }

    private static HttpServerOptions multiplexed(HttpServerOptions options, ServerConfig config) {
        return options.setInitialSettings(new Http2Settings()
                        .setMaxConcurrentStreams(MOST_STREAMS)
                        .setMaxHeaderListSize(config.maxHeaderSize()))
                .setHttp2RstFloodMaxRstFramePerWindow(MOST_RESETS)
                .setHttp2RstFloodWindowDuration(RESETS_SECONDS)
                .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS);
    }

    /** Of HTTP/2 without TLS the server offers more than is wanted: see {@link PriorKnowledge}. */
    private static HttpServerOptions plain(ServerConfig config) {
        return new HttpServerOptions()
                .setHost(config.host())
                .setPort(config.port())
                .setHttp2ClearTextEnabled(false)
                .setMaxInitialLineLength(MAX_REQUEST_LINE)
                .setMaxHeaderSize(config.maxHeaderSize())
                .setHandle100ContinueAutomatically(true)
                .setIdleTimeout((int) config.idleTimeout().toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setTcpNoDelay(true)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
    }
}
