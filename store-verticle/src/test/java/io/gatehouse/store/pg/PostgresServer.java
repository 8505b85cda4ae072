package io.gatehouse.store.pg;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A real PostgreSQL server of this process, on a free port of loopback; its user {@value #USER} logs in by password. */
public final class PostgresServer implements AutoCloseable {
    public static final String USER = "gatehouse";
    public static final String PASSWORD = "a password/with: odd@letters";

    private static final String PASSWORD_IN_URI = "a%20password%2Fwith%3A%20odd%40letters";

    /** Zonky asks as the superuser, without a password, whether the server is up. */
    private static final String HOST_RULES = """
            host all postgres all trust
            host all all all scram-sha-256
            """;

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Path folder;
    private final Map<String, String> settings;
    private final boolean kept;
    private EmbeddedPostgres server;

    private PostgresServer(Path folder, Map<String, String> settings, boolean kept) {
        this.folder = folder;
        this.settings = Map.copyOf(settings);
        this.kept = kept;
        this.server = start(0);
        execute("CREATE ROLE " + USER + " LOGIN PASSWORD '" + PASSWORD + "'");
    }

    private static final class Shared {
        private static final PostgresServer SERVER =
                new PostgresServer(temporaryFolder(), Map.of("fsync", "off"), false);
    }

    /** The server that all tests of this process share, started at the first call; it ends with the process. */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    /**
     * A server of one's own, which keeps what it has acknowledged.
     *
     * @param folder for its data, missing or empty
     * @param settings lines of its postgresql.conf, by name
     */
    public static PostgresServer start(Path folder, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("fsync", "on", "synchronous_commit", "on"));
        all.putAll(settings);
        return new PostgresServer(folder, all, true);
    }

    /** The URI of a fresh database, which {@value #USER} owns; its name begins as told. */
    public String uri(String name) {
        String database = name + "_" + DATABASES.incrementAndGet();
        execute("CREATE DATABASE " + database + " OWNER " + USER);
        return uriOf(database);
    }

    /** The URI of a database that may be there or not. */
    public String uriOf(String database) {
        return "postgresql://" + USER + ":" + PASSWORD_IN_URI + "@127.0.0.1:" + port() + "/" + database;
    }

    public int port() {
        return server.getPort();
    }

    /** Runs a statement as the superuser, in the database {@code postgres}. */
    public void execute(String sql) {
        execute("postgres", sql);
    }

    /** Runs a statement as the superuser, in a database. */
    public void execute(String database, String sql) {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** kill -9 of the postmaster; whatever it had not made durable is lost. */
    public void kill() {
        ProcessHandle postmaster = ProcessHandle.of(postmaster()).orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().join();
        stop();
    }

    /** Stops in good order: sessions are terminated, writes are kept. */
    public void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** After {@link #kill} or {@link #stop}: the same data on the same port. */
    public void restart() {
        server = start(server.getPort());
    }

    @Override
    public void close() {
        stop();
    }

    private long postmaster() {
        try {
            return Long.parseLong(
                    Files.readAllLines(folder.resolve("postmaster.pid")).getFirst());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // After a kill, the sessions of the killed one hold its shared memory for some moments more.
    private EmbeddedPostgres start(int port) {
        for (int attempt = 1; ; attempt++) {
            try {
                return builder(port).start();
            } catch (IOException | RuntimeException e) {
                if (attempt == 20) {
                    throw new IllegalStateException(e);
                }
                LockSupport.parkNanos(100_000_000);
            }
        }
    }

    private EmbeddedPostgres.Builder builder(int port) {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(folder)
                .setCleanDataDirectory(!kept)
                .setDataDirectoryCustomizer(PostgresServer::writeHostRules);
        settings.forEach(builder::setServerConfig);
        return builder;
    }

    private static void writeHostRules(File folder) {
        try {
            Files.writeString(folder.toPath().resolve("pg_hba.conf"), HOST_RULES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("gatehouse-postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
