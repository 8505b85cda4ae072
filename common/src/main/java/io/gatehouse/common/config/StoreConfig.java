package io.gatehouse.common.config;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where durable records live.
 *
 * @param kind which back end
 * @param path the embedded store's folder, as written: relative to the process's working folder
 * @param queue requests that may wait before further ones are turned away
 * @param uri of the PostgreSQL database, user and password included; null for the embedded store
 * @param poolSize connections to the PostgreSQL server at most
 * @param migrate whether a start brings the database's schema up to date
 * @param redis what keeps short-lived records beside the PostgreSQL database, password included; null: the database
 */
public record StoreConfig(
        @Key(doc = "The back end.", defaultValue = "embedded")
        Kind kind,

        @Key(doc = """
                        The data folder, made when missing: the embedded store, and what a start generates. A
                        relative path starts at the folder the process was started in.""", defaultValue = "./data") Path path,

        @Key(
                doc = "How many requests may wait for the store; further ones are answered 503 at once.",
                defaultValue = "4096",
                min = "16",
                max = "1000000")
        int queue,

        @Key(doc = """
                        The PostgreSQL database: postgresql://USER:PASSWORD@HOST:PORT/DATABASE, other characters
                        than letters and digits in user and password as %XX, best as file:PATH. Append
                        ?sslmode=verify-full&sslrootcert=FILE for TLS with a server whose certificate the CA in
                        FILE signed for HOST; the other modes are verify-ca, require and disable (the default).""") @Nullable SecretValue uri,

        @Key(
                doc = "Connections to the PostgreSQL server at most; all event loops of the process share them.",
                defaultValue = "8",
                min = "1",
                max = "1000")
        int poolSize,

        @Key(doc = """
                        Whether a start brings the schema of the PostgreSQL database up to date. With false it
                        refuses a database that misses a step: run `gatehouse store migrate` first, as a user who
                        may create tables.""", defaultValue = "true") boolean migrate,

        @Key(doc = """
                        Redis beside the PostgreSQL database, for what lives for minutes: authorization codes,
                        devices that wait, pushed requests, one-time values, limits. One of redis://:PASSWORD@HOST:PORT/DATABASE,
                        redis+sentinel://HOST,HOST/MASTER and redis+cluster://HOST,HOST; with rediss in place of
                        redis for TLS with a verified server, by the CA in FILE where ?sslrootcert=FILE follows. Run
                        it with maxmemory-policy noeviction, and the same for all nodes. Without it the database keeps
                        these too.""") @Nullable SecretValue redis)
        implements Checked {

    private static final int POOL_SIZE = 8;

    /** An embedded store. */
    public StoreConfig(Kind kind, Path path, int queue) {
        this(kind, path, queue, null, POOL_SIZE, true, null);
    }

    /** A store without Redis. */
    public StoreConfig(Kind kind, Path path, int queue, @Nullable SecretValue uri, int poolSize, boolean migrate) {
        this(kind, path, queue, uri, poolSize, migrate, null);
    }

    /** The parts of {@link #uri}; to be asked for with {@link Kind#POSTGRES} only. */
    public PostgresUri postgres() {
        if (uri == null) {
            throw new IllegalStateException("no store.uri");
        }
        return PostgresUri.parse(uri.reveal());
    }

    /** The parts of {@link #redis}; to be asked for where it is not null only. */
    public RedisUri redisUri() {
        if (redis == null) {
            throw new IllegalStateException("no store.redis");
        }
        return RedisUri.parse(redis.reveal());
    }

    @Override
    public void check(Rules rules) {
        if (uri != null) {
            rules.refuse(PostgresUri.flaw(uri.reveal()), "uri");
            rules.require(
                    kind == Kind.POSTGRES, "uri", "is for store.kind: postgres: set that, or leave this out", "kind");
        }
        if (redis != null) {
            rules.refuse(RedisUri.flaw(redis.reveal()), "redis");
            rules.require(
                    kind == Kind.POSTGRES,
                    "redis",
                    "is for store.kind: postgres, which keeps the durable records: set that, or leave this out",
                    "kind");
        }
    }

    /** A back end; written in lower case. */
    public enum Kind {
        /** One file in the data folder, no server needed; for one process. */
        EMBEDDED,
        /** A PostgreSQL database, for any number of processes. */
        POSTGRES;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
