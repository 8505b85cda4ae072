package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An application of Node.js with packages that npm fetches once into the build's folder: talks with the test by lines of JSON.
 */
final class NodeProgram implements AutoCloseable {
    private static final String NEED = "tests of clients from npm need Node.js 20 or newer with npm on the PATH";
    private static final Path SOURCE = Path.of("src", "test", "npm");
    private static final Path FOLDER = Path.of("target", "npm");

    private final Process process;
    private final BufferedReader out;
    private final Writer in;

    private NodeProgram(Process process) {
        this.process = process;
        this.out = process.inputReader();
        this.in = process.outputWriter();
    }

    /** Once before the first one; without Node.js the test is skipped, but in CI it fails. */
    static void install() throws Exception {
        boolean present = runs("node", "--version") && runs("npm", "--version");
        if ("true".equals(System.getenv("CI"))) {
            assertThat(present).as(NEED).isTrue();
        }
        assumeTrue(present, NEED);
        Files.createDirectories(FOLDER);
        try (Stream<Path> sources = Files.list(SOURCE)) {
            for (Path source : sources.toList()) {
                Files.copy(source, FOLDER.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!isInstalled()) {
            assertThat(runs("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"))
                    .as("npm ci")
                    .isTrue();
            Files.copy(lock(), installed(), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static boolean isInstalled() throws IOException {
        return Files.exists(installed()) && Files.mismatch(lock(), installed()) == -1;
    }

    private static Path lock() {
        return FOLDER.resolve("package-lock.json");
    }

    /** The lock that the last installation followed. */
    private static Path installed() {
        return FOLDER.resolve("node_modules").resolve("installed-lock.json");
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            if (Files.exists(FOLDER)) {
                builder.directory(FOLDER.toFile());
            }
            return builder.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    static NodeProgram start(String script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        return new NodeProgram(new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    JsonObject line() throws IOException {
        String line = out.readLine();
        assertThat(line)
                .as("a line of the program, whose complaint stands above")
                .isNotNull();
        return new JsonObject(line);
    }

    void tell(Object line) throws IOException {
        in.write(line + "\n");
        in.flush();
    }

    /** Sends the person where the program says, and tells it where that led. */
    void browse(Person person) throws IOException {
        tell(person.goOn(person.open(line().getString("url"))).location());
    }

    void assertEndsWell() throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        out.close();
    }
}
