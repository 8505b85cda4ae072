package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A process that a test started: what it prints is kept in a file and for the test; it never outlives the test. */
final class Child implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 180;

    /** File names of logs. */
    private static final Set<String> HALTED = ConcurrentHashMap.newKeySet();

    private final Process process;
    private final Path log;
    private final List<String> out = new ArrayList<>();
    private final List<String> err = new ArrayList<>();
    private final List<Thread> readers;

    Child(String name, Path folder, Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        // what the machine's own user has configured is no part of a test
        builder.environment().keySet().removeIf(key -> key.startsWith("GATEHOUSE_"));
        builder.environment().putAll(environment);
        this.log = Artefacts.logFile(name);
        this.process = builder.start();
        this.readers = List.of(read(process.getInputStream(), out), read(process.getErrorStream(), err));
    }

    private Thread read(InputStream stream, List<String> lines) {
        return Thread.ofPlatform().daemon().start(() -> {
            try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    add(line, lines);
                }
            } catch (IOException closed) {
                add("(closed: " + closed.getMessage() + ")", lines);
            }
        });
    }

    private synchronized void add(String line, List<String> lines) {
        lines.add(line);
        notifyAll();
        try {
            Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a line on standard output; fails when the process ends without it. */
    synchronized String awaitLine(Predicate<String> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < deadline) {
            for (String line : out) {
                if (wanted.test(line)) {
                    return line;
                }
            }
            if (!process.isAlive()) {
                // the last lines may still be on their way
                wait(500);
                deadline = Math.min(deadline, System.nanoTime() + TimeUnit.SECONDS.toNanos(1));
            } else {
                wait(100);
            }
        }
        throw new AssertionError("no such line; out: " + out + ", err: " + err);
    }

    /** Waits for the end and returns the exit code. */
    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("the process ends; out: %s, err: %s", out(), err())
                .isTrue();
        for (Thread reader : readers) {
            reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        }
        return process.exitValue();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    synchronized List<String> out() {
        return List.copyOf(out);
    }

    synchronized List<String> err() {
        return List.copyOf(err);
    }

    /** SIGTERM; by the handle, since the process object would close its streams at once. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Sends it any other signal; the exit code of kill. */
    int signal(String name) throws IOException, InterruptedException {
        return new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** SIGSTOP: it is there, and does nothing. */
    void freeze() throws IOException, InterruptedException {
        assertThat(signal("STOP")).isZero();
    }

    /** SIGCONT. */
    void thaw() throws IOException, InterruptedException {
        HALTED.add(log.getFileName().toString());
        assertThat(signal("CONT")).isZero();
    }

    /** The logs of those that were halted for a while, and say so. */
    static Set<String> halted() {
        return Set.copyOf(HALTED);
    }

    /** SIGKILL, and waits until nothing is left. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        exitCode();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
