package io.gatehouse.store.pg;

import io.gatehouse.common.config.PostgresUri;
import io.gatehouse.store.UnusableStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.SslMode;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.spi.ConnectionFactory;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opens connections to one database. */
final class Connector {
    /** From the first packet to the server's word that it is ready. */
    private static final Duration LIMIT = Duration.ofSeconds(1);

    /** The same while nobody waits for an answer, on a machine that may be busy starting. */
    static final Duration AT_START = Duration.ofSeconds(10);

    /** Statements sent ahead of an answer: a slow one holds up those behind it. */
    private static final int PIPELINED = 16;

    private static final int LONGEST_CACHED = 64 * 1024;

    private final Vertx vertx;
    private final PgConnectOptions options;
    private final Duration limit;

    private Connector(Vertx vertx, PgConnectOptions options, Duration limit) {
        this.vertx = vertx;
        this.options = options;
        this.limit = limit;
    }

    /**
     * Reads the certificate that the URI may name; opens nothing yet. Its connections take {@link #AT_START} at most.
     *
     * @return fails with {@link UnusableStore} where it can't be read
     */
    static Future<Connector> to(PostgresUri uri, Vertx vertx) {
        PgConnectOptions options = new PgConnectOptions()
                .setHost(uri.host())
                .setPort(uri.port())
                .setDatabase(uri.database())
                .setUser(uri.user())
                .setPassword(uri.password() == null ? "" : uri.password().reveal())
                .setPipeliningLimit(PIPELINED)
                .setCachePreparedStatements(true)
                .setPreparedStatementCacheSqlFilter(sql -> sql.length() < LONGEST_CACHED)
                .setSslMode(mode(uri.tls()))
                .addProperty("application_name", "gatehouse");
        return tls(uri, vertx).map(tls -> new Connector(vertx, options.setSslOptions(tls), AT_START));
    }

    /** For requests: the server gives up a statement after so long. */
    Connector limitingStatements(Duration limit) {
        PgConnectOptions limited = new PgConnectOptions(options)
                .addProperty("statement_timeout", Long.toString(limit.toMillis()))
                .addProperty("idle_in_transaction_session_timeout", Long.toString(limit.toMillis()));
        return new Connector(vertx, limited, this.limit);
    }

    /**
     * Plans each statement once for any arguments, partitions included: several times as cheap as once for each, while
     * the partitions that it then locks are few.
     */
    Connector planningOnce() {
        return new Connector(
                vertx, new PgConnectOptions(options).addProperty("plan_cache_mode", "force_generic_plan"), limit);
    }

    /** For connections that requests wait for. */
    Connector quick() {
        return new Connector(vertx, options, LIMIT);
    }

    /** For connecting, and again for what is said first. */
    Duration limit() {
        return limit;
    }

    /** On the caller's event loop; as the other. */
    Future<Link> connect() {
        return connect(vertx.getOrCreateContext());
    }

    /**
     * Fails after the limit at the latest, and leaves nothing open then.
     *
     * @param home whose event loop the connection is to belong to
     */
    Future<Link> connect(Context home) {
        Wire wire = new Wire(vertx);
        NetClientOptions transport =
                new NetClientOptions().setTcpKeepAlive(true).setConnectTimeout((int) limit.toMillis());
        ConnectionFactory<PgConnectOptions> factory = PgDriver.INSTANCE.createConnectionFactory(wire, transport);
        return factory.connect(home, options)
                .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .map(connection -> new Link(wire, factory, PgConnection.cast(connection)))
                .onFailure(cause -> {
                    wire.sever();
                    factory.close((done, failed) -> {});
                });
    }

    private static SslMode mode(PostgresUri.Tls tls) {
        return switch (tls) {
            case DISABLE -> SslMode.DISABLE;
            case REQUIRE -> SslMode.REQUIRE;
            case VERIFY_CA -> SslMode.VERIFY_CA;
            case VERIFY_FULL -> SslMode.VERIFY_FULL;
        };
    }

    private static Future<ClientSSLOptions> tls(PostgresUri uri, Vertx vertx) {
        ClientSSLOptions options = new ClientSSLOptions()
                .setHostnameVerificationAlgorithm(uri.tls() == PostgresUri.Tls.VERIFY_FULL ? "HTTPS" : "");
        Path file = uri.rootCertificate();
        if (file == null) {
            return Future.succeededFuture(options.setTrustAll(true));
        }
        return vertx.fileSystem()
                .readFile(file.toString())
                .recover(cause -> Future.failedFuture(new UnusableStore(
                        "store.uri: sslrootcert names " + file + ", which can't be read: give this user the right,"
                                + " or name another file",
                        cause)))
                .map((Buffer pem) ->
                        options.setTrustOptions(new PemTrustOptions().addCertValue(certificates(pem, file))));
    }

    private static Buffer certificates(Buffer pem, Path file) {
        try {
            if (!CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes()))
                    .isEmpty()) {
                return pem;
            }
        } catch (CertificateException none) {
            throw noCertificate(file, none);
        }
        throw noCertificate(file, null);
    }

    private static UnusableStore noCertificate(Path file, @Nullable Throwable cause) {
        return new UnusableStore(
                "store.uri: sslrootcert names " + file
                        + ", which holds no certificate: name the PEM file of the CA that" + " signed the server's",
                cause);
    }
}
