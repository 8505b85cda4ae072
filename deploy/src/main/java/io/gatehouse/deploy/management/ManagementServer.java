package io.gatehouse.deploy.management;

import io.gatehouse.common.config.ManagementConfig;
import io.gatehouse.common.metric.Exposition;
import io.gatehouse.gateway.http.Connections;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.function.Supplier;

/** Listens for health checks and for who collects metrics. */
public final class ManagementServer {
    private static final int MOST_CONNECTIONS = 64;
    private static final int IDLE_SECONDS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LARGEST_HEADER = 8192;

    private final Vertx vertx;
    private final ManagementConfig config;
    private final HttpServer server;
    private final Connections connections;

    /**
     * @param metrics as they are now, from any thread
     * @param version of this build
     */
    public ManagementServer(
            Vertx vertx, ManagementConfig config, Readiness readiness, Supplier<Exposition> metrics, String version) {
        ManagementRoutes routes = new ManagementRoutes(new HostCheck(config.host()), readiness, metrics, version);
        this.vertx = vertx;
        this.config = config;
        HttpServerOptions options = options();
        this.connections = new Connections(options, 1, MOST_CONNECTIONS, PATIENCE);
        this.server = vertx.createHttpServer(options)
                .connectionHandler(connections::accept)
                .invalidRequestHandler(ProblemResponse::malformed)
                .requestHandler(routes);
    }

    /** Returns the port that it really listens on. */
    public Future<Integer> listen() {
        connections.watch(vertx);
        return server.listen(config.port(), config.host()).map(HttpServer::actualPort);
    }

    /** Closes the listener and its connections. */
    public Future<Void> close() {
        return server.close();
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setIdleTimeout(IDLE_SECONDS)
                .setMaxInitialLineLength(1024)
                .setMaxHeaderSize(LARGEST_HEADER)
                .setMaxChunkSize(LARGEST_HEADER)
                .setHttp2ClearTextEnabled(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
    }
}
