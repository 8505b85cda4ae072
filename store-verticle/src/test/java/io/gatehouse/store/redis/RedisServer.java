package io.gatehouse.store.redis;

import io.gatehouse.store.pg.Certificates;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/** A real Redis server of this process, on a free port of loopback; it keeps nothing over its end. */
public final class RedisServer implements AutoCloseable {
    public static final String PASSWORD = "a password/with: odd@letters";

    private static final String PASSWORD_IN_URI = "a%20password%2Fwith%3A%20odd%40letters";
    private static final String TLS = "--tls-cert-file";
    /** A member of a cluster also listens at a port 10000 above its own. */
    private static final int HIGHEST_PORT = 55_535;

    private static final File PROGRAM = program();

    private final List<String> settings;
    private final @Nullable String password;
    private final Path folder;
    private final int port;
    private Process process;

    private RedisServer(@Nullable String password, List<String> settings) {
        this.password = password;
        this.settings = List.copyOf(settings);
        this.folder = temporaryFolder();
        this.port = freePort();
        this.process = run();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    private static final class Shared {
        private static final RedisServer SERVER = startWithPassword();
    }

    /** The server that tests of this process share, with a password; it ends with the process. */
    public static RedisServer shared() {
        return Shared.SERVER;
    }

    /** A server of one's own, without password. */
    public static RedisServer start(String... settings) {
        return new RedisServer(null, List.of(settings));
    }

    /** A server of one's own, with a password. */
    public static RedisServer startWithPassword() {
        return new RedisServer(PASSWORD, List.of("--requirepass", PASSWORD));
    }

    /** With TLS only, without password. */
    static RedisServer startTls(Certificates certificates) {
        return start(
                TLS,
                certificates.server().toString(),
                "--tls-key-file",
                certificates.key().toString(),
                "--tls-ca-cert-file",
                certificates.ca().toString(),
                "--tls-auth-clients",
                "no");
    }

    /** A sentinel that knows the master as {@code mymaster}, and is enough to decide that it is gone. */
    static RedisServer sentinel(RedisServer master) {
        try {
            Path folder = temporaryFolder();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
            Path file = Files.writeString(folder.resolve("sentinel.conf"), """
                    sentinel monitor mymaster 127.0.0.1 %d 1
                    sentinel down-after-milliseconds mymaster 500
                    sentinel failover-timeout mymaster 3000
                    """.formatted(master.port));
            return start(file.toString(), "--sentinel");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String uri() {
        return uri(port);
    }

    /** The same by way of another port of this machine. */
    public String uri(int way) {
        return "redis://" + (password == null ? "" : ":" + PASSWORD_IN_URI + "@") + "127.0.0.1:" + way;
    }

    public int port() {
        return port;
    }

    /** What the server answers. */
    public String ask(String... command) {
        try (RedisSocket socket = new RedisSocket(port)) {
            if (password != null) {
                socket.ask("AUTH", password);
            }
            return socket.ask(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one key whose name holds this. */
    String key(String part) {
        String keys = ask("KEYS", "*" + part + "*");
        if (keys.isEmpty() || keys.contains("\n")) {
            throw new IllegalStateException("not one key: " + keys);
        }
        return keys;
    }

    /** kill -9. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** After {@link #kill}: an empty server on the same port. */
    public void restart() {
        process = run();
    }

    /** Connections stay, nothing is answered. */
    public void freeze() {
        signal("STOP");
    }

    /** After {@link #freeze}. */
    public void thaw() {
        signal("CONT");
    }

    @Override
    public void close() {
        kill();
        remove(folder);
    }

    private static void remove(Path folder) {
        File[] files = folder.toFile().listFiles();
        for (File file : files == null ? new File[0] : files) {
            remove(file.toPath());
        }
        boolean unused = folder.toFile().delete();
    }

    private void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill: " + exit);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Process run() {
        List<String> command = new ArrayList<>(List.of(PROGRAM.getPath()));
        command.addAll(settings);
        command.addAll(
                settings.contains(TLS)
                        ? List.of("--port", "0", "--tls-port", Integer.toString(port))
                        : List.of("--port", Integer.toString(port)));
        command.addAll(List.of("--bind", "127.0.0.1", "--save", "", "--dir", folder.toString()));
        File log = folder.resolve("redis.log").toFile();
        try {
            Process started = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                    .start();
            awaitListening(started, log);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitListening(Process started, File log) throws IOException {
        while (true) {
            if (!started.isAlive()) {
                throw new IllegalStateException("Redis does not start: " + Files.readString(log.toPath()));
            }
            try {
                new RedisSocket(port).close();
                return;
            } catch (IOException notYet) {
                LockSupport.parkNanos(10_000_000);
            }
        }
    }

    private static File program() {
        try {
            return ExecutableProvider.newJarResourceProvider().get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("gatehouse-redis");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort() <= HIGHEST_PORT ? socket.getLocalPort() : freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
