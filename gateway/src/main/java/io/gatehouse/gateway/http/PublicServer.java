package io.gatehouse.gateway.http;

import io.gatehouse.common.config.ServerConfig;
import io.gatehouse.common.model.Tenant;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The public listener of one event loop: the same port for all of them, connections are dealt out by Vert.x. */
public final class PublicServer {
    private static final int MAX_REQUEST_LINE = 8192;
    /** What an idle connection may cost at most; more of them than the heap can bear are turned away. */
    private static final int HEAP_OF_CONNECTION = 16 * 1024;

    private final HttpServer server;

    private PublicServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Ready to listen, not listening yet.
     *
     * @param tenants fails for a tenant that does not exist
     * @param loopbackHostsOnly whether other Host headers are refused
     * @param pages how a browser reads that a path is unknown
     * @param logsAccess whether each request gets a line
     */
    public static PublicServer create(
            Vertx vertx,
            ServerConfig config,
            List<Mount> mounts,
            Function<String, Future<Tenant>> tenants,
            boolean loopbackHostsOnly,
            ErrorStyle pages,
            boolean logsAccess) {
        HttpServerOptions options = options(config);
        int loops = config.eventLoopsOn(Runtime.getRuntime().availableProcessors());
        int most = (int) Math.min(config.maxConnections(), Runtime.getRuntime().maxMemory() / HEAP_OF_CONNECTION);
        Connections connections = new Connections(options, loops, Math.max(1, most / loops), config.requestTimeout());
        BodyReader bodies = new BodyReader(config.maxBody(), config.requestTimeout());
        connections.watch(vertx);
        bodies.watch(vertx);
        ReplyWriter writer = new ReplyWriter(logsAccess);
        Dispatcher dispatcher = new Dispatcher(
                new PathTable(mounts),
                bodies,
                new ClientAddresses(config.trustedProxies()),
                tenants,
                loopbackHostsOnly ? HostCheck.loopbackOnly() : HostCheck.any(),
                pages,
                writer);
        Router router = Router.router(vertx);
        router.route().handler(dispatcher);
        router.errorHandler(400, dispatcher);
        return new PublicServer(vertx.createHttpServer(options)
                .connectionHandler(connections::accept)
                .invalidRequestHandler(new InvalidRequests(writer))
                .requestHandler(router));
    }

    /** Completes with the port. */
    public Future<Integer> listen() {
        return server.listen().map(HttpServer::actualPort);
    }

    /** Stops accepting, lets what is in flight finish for at most {@code patience}, then closes. */
    public Future<Void> shutdown(Duration patience) {
        return server.shutdown(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** HTTP/2 without TLS stays off: its upgrade path puts back the decoder that {@link Connections} replaces. */
    private static HttpServerOptions options(ServerConfig config) {
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
