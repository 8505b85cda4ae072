package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What the container image does, without one: the launcher of a folder that nobody may write to, run by the image's user. */
@EnabledOnOs(OS.LINUX)
class ImageIT {
    private static final String USER = "65532";

    @TempDir
    private Path folder;

    private Path home;
    private Path data;

    @BeforeEach
    void image() throws IOException {
        assumeTrue("0".equals(run("id -u")), "only root can become the image's user");
        assumeTrue(!run("command -v setpriv").isEmpty(), "setpriv is not installed");
        home = Files.createDirectories(folder.resolve("home"));
        data = Files.createDirectories(folder.resolve("data"));
        Files.copy(Path.of("gatehouse"), home.resolve("gatehouse"));
        Files.copy(Artefacts.jar(), home.resolve("gatehouse.jar"));
        run("chmod 0755 '%1$s' && chown %2$s:%2$s '%3$s' && chmod 0555 '%4$s' '%4$s/gatehouse'"
                .formatted(folder, USER, data, home));
    }

    @AfterEach
    void writable() throws IOException {
        if (home != null) {
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void aNodeServesAndWritesNowhereButToItsData() throws Exception {
        try (Child child = launch("start", "--demo")) {
            String ready = child.awaitLine(line -> line.startsWith("Gatehouse is ready on "));
            assertThat(new Caller(URI.create(ready.substring(ready.indexOf("http"))))
                            .clientCredentials(Caller.DEMO_CLIENT)
                            .statusCode())
                    .isEqualTo(200);
            String health = child.awaitLine(line -> line.contains("health is told url="));
            assertThat(healthy(health.substring(health.lastIndexOf(':') + 1).strip()))
                    .isZero();
            child.terminate();
            assertThat(child.exitCode()).isZero();
        }
        assertThat(data.resolve("store.mv")).exists();
        assertThat(names(home)).containsExactly("gatehouse", "gatehouse.jar");
    }

    @Test
    void aPortWhereNobodyIsIsNotHealthy() throws Exception {
        assertThat(healthy("1")).isNotZero();
    }

    @Test
    void certificatesAreMadeByIt() throws Exception {
        try (Child child =
                launch("cluster", "certs", "--out", data.resolve("certs").toString())) {
            assertThat(child.exitCode()).as(String.valueOf(child.err())).isZero();
        }
        assertThat(names(data.resolve("certs"))).containsExactly("ca.crt", "ca.key", "gateway", "store", "token");
    }

    /** The health check of compose.yaml, at another port. */
    private static int healthy(String port) throws Exception {
        Map<String, Object> file = new Yaml().load(Files.readString(Path.of("compose.yaml")));
        List<String> command = new ArrayList<>();
        Object check = ((Map<?, ?>) ((Map<?, ?>) file.get("x-node")).get("healthcheck")).get("test");
        ((List<?>) check)
                .stream().skip(1).forEach(part -> command.add(part.toString().replace("8081", port)));
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }

    private Child launch(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "setpriv",
                "--reuid=" + USER,
                "--regid=" + USER,
                "--clear-groups",
                "--no-new-privs",
                "--bounding-set=-all",
                home.resolve("gatehouse").toString()));
        command.addAll(List.of(arguments));
        Map<String, String> environment = new HashMap<>(Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "GATEHOUSE_STORE_PATH",
                data.toString(),
                "GATEHOUSE_SERVER_PORT",
                "0",
                "GATEHOUSE_MANAGEMENT_PORT",
                "0"));
        return new Child("image", home, environment, command);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String run(String script) throws IOException {
        Process process = new ProcessBuilder("sh", "-c", script).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
