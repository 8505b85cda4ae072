package io.gatehouse.store.redis;

import io.gatehouse.common.config.RedisUri;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.tracing.TracingPolicy;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.RedisReplicas;
import java.time.Duration;

/** The driver, set up for the servers of one URI. */
final class Connector {
    /** Beside the connection that requests use, the driver needs some to ask who is there. */
    private static final int CONNECTIONS_PER_SERVER = 4;

    private final Vertx vertx;
    private final RedisUri uri;
    private final RedisOptions options;

    /** @param limit for connecting */
    Connector(Vertx vertx, RedisUri uri, int queue, Duration limit) {
        this.vertx = vertx;
        this.uri = uri;
        this.options = new RedisOptions()
                .setType(type(uri.layout()))
                .setNetClientOptions(transport(uri, limit))
                .setMaxWaitingHandlers(queue)
                .setMaxPoolSize(CONNECTIONS_PER_SERVER)
                .setMaxPoolWaiting(CONNECTIONS_PER_SERVER * uri.servers().size())
                .setPoolRecycleTimeout(-1)
                .setUseReplicas(RedisReplicas.NEVER)
                .setTracingPolicy(TracingPolicy.IGNORE);
        uri.servers().forEach(server -> options.addConnectionString(endpoint(server)));
        if (uri.password() != null) {
            options.setPassword(uri.password().reveal());
        }
        if (uri.user() != null) {
            options.setUser(uri.user());
        }
        if (uri.master() != null) {
            options.setMasterName(uri.master());
        }
    }

    /** A client of its own for each connection: closing it closes whatever it had opened. */
    Redis client() {
        return Redis.createClient(vertx, new RedisOptions(options));
    }

    /** For messages. */
    String place() {
        return uri.place();
    }

    private String endpoint(RedisUri.Server server) {
        return (uri.tls() ? "rediss://" : "redis://") + server.host() + ":" + server.port()
                + (uri.database() == 0 ? "" : "/" + uri.database());
    }

    private static RedisClientType type(RedisUri.Layout layout) {
        return switch (layout) {
            case STANDALONE -> RedisClientType.STANDALONE;
            case SENTINEL -> RedisClientType.SENTINEL;
            case CLUSTER -> RedisClientType.CLUSTER;
        };
    }

    private static NetClientOptions transport(RedisUri uri, Duration limit) {
        NetClientOptions transport = new NetClientOptions()
                .setConnectTimeout(Math.toIntExact(limit.toMillis()))
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true);
        if (uri.tls()) {
            transport.setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
        }
        if (uri.rootCertificate() != null) {
            transport.setTrustOptions(
                    new PemTrustOptions().addCertPath(uri.rootCertificate().toString()));
        }
        return transport;
    }
}
