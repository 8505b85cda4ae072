package io.gatehouse.deploy.process;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.gatehouse.store.pg.PostgresServer;
import io.gatehouse.store.pg.Relay;
import io.gatehouse.store.redis.RedisServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Servers for one test to kill, the way to them, and nodes on them. */
final class Servers implements AutoCloseable {
    static {
        // Tells at length of servers that a test has killed on purpose.
        ((Logger) LoggerFactory.getLogger("io.zonky.test")).setLevel(Level.OFF);
    }

    private final Path folder;
    private final PostgresServer postgres;
    private final RedisServer redis;
    private final Relay toPostgres;
    private final Relay toRedis;
    private final String uri;

    private Servers(Path folder, boolean withRedis) {
        this.folder = folder;
        // each node holds eight connections
        this.postgres = PostgresServer.start(folder.resolve("postgres"), Map.of("max_connections", "40"));
        this.redis = withRedis ? RedisServer.startWithPassword() : null;
        this.toPostgres = new Relay(postgres.port());
        this.toRedis = withRedis ? new Relay(redis.port()) : null;
        this.uri = postgres.uri("it").replace(":" + postgres.port() + "/", ":" + toPostgres.port() + "/");
        for (String password : List.of(PostgresServer.PASSWORD, RedisServer.PASSWORD)) {
            Planted.add(password);
            Planted.add(URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20"));
        }
    }

    static Servers postgres(Path folder) {
        return new Servers(folder, false);
    }

    static Servers postgresAndRedis(Path folder) {
        return new Servers(folder, true);
    }

    PostgresServer postgres() {
        return postgres;
    }

    RedisServer redis() {
        return redis;
    }

    Relay toPostgres() {
        return toPostgres;
    }

    Relay toRedis() {
        return toRedis;
    }

    /** A node on them, whose limits nobody reaches. */
    RunningNode node(String name) throws Exception {
        Map<String, String> environment = new HashMap<>(Busy.ENVIRONMENT);
        environment.putAll(Map.of(
                "GATEHOUSE_KEYS_MASTER_KEY", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
                "GATEHOUSE_STORE_KIND", "postgres",
                "GATEHOUSE_STORE_URI", uri));
        if (redis != null) {
            environment.put("GATEHOUSE_STORE_REDIS", redis.uri(toRedis.port()));
        }
        return RunningNode.start(name, folder, environment, "--demo");
    }

    @Override
    public void close() {
        toPostgres.close();
        postgres.close();
        if (redis != null) {
            toRedis.close();
            redis.close();
        }
    }
}
