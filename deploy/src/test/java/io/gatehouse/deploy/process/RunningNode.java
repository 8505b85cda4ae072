package io.gatehouse.deploy.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A node in a process of its own, on free ports, with its data in the folder it was started in. */
final class RunningNode implements AutoCloseable {
    static final String ISSUER = "http://127.0.0.1:18080";

    private static final String READY = "Gatehouse is ready on ";
    private static final String HEALTH = "health is told url=";

    private final Child child;
    private final URI address;
    private final URI management;
    private final Caller health;

    private RunningNode(Child child) throws InterruptedException {
        this.child = child;
        this.address = URI.create(after(READY, child.awaitLine(line -> line.startsWith(READY))));
        this.management = URI.create(after(HEALTH, child.awaitLine(line -> line.contains(HEALTH))));
        this.health = new Caller(management);
    }

    private static String after(String words, String line) {
        return line.substring(line.indexOf(words) + words.length()).strip();
    }

    /** Starts a process, without waiting for it. */
    static Child launch(String name, Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        return launch(Artefacts.jar(), name, folder, environment, List.of(), arguments);
    }

    /**
     * @param jar of whatever build
     * @param before the command, which is to run it somewhere else
     */
    static Child launch(
            Path jar,
            String name,
            Path folder,
            Map<String, String> environment,
            List<String> before,
            String... arguments)
            throws IOException {
        Map<String, String> variables = new HashMap<>(Map.of(
                "GATEHOUSE_SERVER_PORT", "0",
                "GATEHOUSE_MANAGEMENT_PORT", "0",
                // the same after a restart, whatever the port: tokens name it
                "GATEHOUSE_ISSUER", ISSUER,
                // whatever can be logged is, so that LogScanIT sees it
                "GATEHOUSE_LOG_LEVEL", "debug",
                "GATEHOUSE_LOG_ACCESS", "true"));
        variables.putAll(environment);
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Artefacts.java(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                jar.toString(),
                "start"));
        command.addAll(List.of(arguments));
        return new Child(name, folder, variables, command);
    }

    /** Starts a node and waits until it is ready. */
    static RunningNode start(String name, Path folder, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return await(launch(name, folder, environment, arguments));
    }

    /** Waits until a node that was launched is ready. */
    static RunningNode await(Child child) throws InterruptedException {
        try {
            return new RunningNode(child);
        } catch (AssertionError notReady) {
            child.close();
            throw notReady;
        }
    }

    Child child() {
        return child;
    }

    URI address() {
        return address;
    }

    URI management() {
        return management;
    }

    /** Asks whether it is ready. */
    HttpResponse<String> ready() throws IOException, InterruptedException {
        return health.get("/health/ready");
    }

    /** SIGTERM; returns the exit code. */
    int stop() throws InterruptedException {
        child.terminate();
        return child.exitCode();
    }

    @Override
    public void close() {
        child.close();
    }
}
