package io.gatehouse.gateway.proxy.forward;

import io.gatehouse.gateway.proxy.upstream.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.List;

/** Connections to upstreams, of one event loop: kept, and used again. */
final class Clients {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int KEEP_SECONDS = 30;
    /** To one upstream. A stream or a WebSocket has one for itself, so that there may be many. */
    private static final int MOST_CONNECTIONS = 8_192;
    /** Of HTTP/2, where requests share them. */
    private static final int MOST_SHARED = 8;

    private static final int MOST_WAITING = 1_024;
    private static final int MAX_HEADERS = 65_536;

    private final HttpClient plain;
    private final HttpClient multiplexed;
    private final HttpClient secure;
    private final HttpClient secureForUpgrades;

    Clients(Vertx vertx) {
        PoolOptions pool = new PoolOptions()
                .setHttp1MaxSize(MOST_CONNECTIONS)
                .setHttp2MaxSize(MOST_SHARED)
                .setMaxWaitQueueSize(MOST_WAITING);
        this.plain = client(vertx, options(), pool);
        this.multiplexed =
                client(vertx, options().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false), pool);
        this.secure = client(
                vertx,
                secure().setProtocolVersion(HttpVersion.HTTP_2)
                        .setUseAlpn(true)
                        .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1)),
                pool);
        this.secureForUpgrades = client(vertx, secure(), pool);
    }

    /**
     * How a connection ends is told by the requests on it; a service that is not well must not write a log line for each as
     * well.
     */
    private static HttpClient client(Vertx vertx, HttpClientOptions options, PoolOptions pool) {
        return vertx.httpClientBuilder()
                .with(options)
                .with(pool)
                .withConnectHandler(connection -> CloseOption.heed(connection.exceptionHandler(told -> {})))
                .build();
    }

    private static HttpClientOptions options() {
        return new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setKeepAliveTimeout(KEEP_SECONDS)
                .setHttp2KeepAliveTimeout(KEEP_SECONDS)
                .setMaxHeaderSize(MAX_HEADERS)
                .setDecompressionSupported(false)
                .setTcpNoDelay(true);
    }

    private static HttpClientOptions secure() {
        return options().setSsl(true).setTrustAll(false).setVerifyHost(true);
    }

    /**
     * A request that nothing has been sent of.
     *
     * @param upgrades whether it asks for another protocol on its connection, which HTTP/2 can't give
     */
    Future<HttpClientRequest> open(Upstream upstream, HttpMethod method, String target, boolean upgrades) {
        RequestOptions options = new RequestOptions()
                .setHost(upstream.host())
                .setPort(upstream.port())
                .setMethod(method)
                .setURI(target)
                .setFollowRedirects(false);
        try {
            return client(upstream, upgrades).request(options);
        } catch (IllegalStateException closed) {
            // The process ends.
            return Future.failedFuture(closed);
        }
    }

    private HttpClient client(Upstream upstream, boolean upgrades) {
        return switch (upstream.scheme()) {
            case "https" -> upgrades ? secureForUpgrades : secure;
            case "h2c" -> upgrades ? plain : multiplexed;
            default -> plain;
        };
    }
}
