package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartIT {
    @TempDir
    private Path folder;

    @Test
    void theDemoServesAndSaysWhatToTry() throws Exception {
        try (RunningNode node = RunningNode.start("demo", folder, Map.of(), "--demo")) {
            node.child().awaitLine(line -> line.startsWith("  curl") && line.contains("/oauth2/introspect"));
            List<String> hints = node.child().out().stream()
                    .filter(line -> line.startsWith("  curl"))
                    .toList();
            assertThat(hints).hasSize(3).allMatch(line -> line.contains(String.valueOf(node.address())));

            Caller caller = new Caller(node.address());
            Tokens tokens = Tokens.of(caller.clientCredentials(Caller.DEMO_CLIENT));
            assertThat(caller.isActive(Caller.DEMO_CLIENT, tokens.access())).isTrue();
            assertThat(caller.login("ada", "ada-demo-password").statusCode()).isEqualTo(200);
            assertThat(caller.login("admin", "admin-demo-password").statusCode())
                    .isEqualTo(200);

            Caller health = new Caller(node.management());
            assertThat(health.get("/health/live").statusCode()).isEqualTo(200);
            JsonObject ready = new JsonObject(health.get("/health/ready").body());
            assertThat(ready.getString("status")).isEqualTo("ready");
            assertThat(ready.getJsonObject("parts").fieldNames()).containsExactly("store", "token", "gateway");
        }
    }

    /** What a URL says must not be in the log that LogScanIT reads. */
    @Test
    void jwtsForAppsAreGivenToo() throws Exception {
        String apikey = "2f9c9c1e-3f0e-4b5a-9a53-0d5f0c3d8a11";
        try (RunningNode node = RunningNode.start("jwt-app", folder, Map.of(), "--demo")) {
            Caller caller = new Caller(node.address());
            Tokens session = Tokens.of(caller.session(apikey, "ada", "ada-demo-password"));
            assertThat(caller.jwt(apikey, "dev-dummy-app", session.access()).statusCode())
                    .isEqualTo(200);
            assertThat(caller.jwt(apikey, "nobody", session.access()).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void theHintsWorkAsTheyStand() throws Exception {
        assumeTrue(new ProcessBuilder("sh", "-c", "command -v curl").start().waitFor() == 0, "curl is not installed");
        try (RunningNode node = RunningNode.start("demo", folder, Map.of(), "--demo")) {
            node.child().awaitLine(line -> line.startsWith("  curl") && line.contains("/oauth2/introspect"));
            List<String> hints = node.child().out().stream()
                    .filter(line -> line.startsWith("  curl"))
                    .toList();
            assertThat(shell(hints.get(0))).contains("\"access_token\"");
            assertThat(shell(hints.get(1))).contains("\"refresh_token\"");
            assertThat(shell(hints.get(2))).contains("\"active\":true");
        }
    }

    private String shell(String line) throws Exception {
        Process process =
                new ProcessBuilder("sh", "-c", line).directory(folder.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).isZero();
        return out;
    }

    @Test
    void dataSurvivesARestart() throws Exception {
        String refreshToken;
        String accessToken;
        try (RunningNode node = RunningNode.start("restart", folder, Map.of(), "--demo")) {
            Tokens tokens = Tokens.of(new Caller(node.address()).login("ada", "ada-demo-password"));
            refreshToken = tokens.refresh();
            accessToken = tokens.access();
            assertThat(node.stop()).isZero();
        }
        try (RunningNode node = RunningNode.start("restart", folder, Map.of(), "--demo")) {
            Caller caller = new Caller(node.address());
            assertThat(caller.refresh(refreshToken).statusCode()).isEqualTo(200);
            assertThat(caller.isActive(Caller.DEMO_CLIENT, accessToken)).isTrue();
        }
    }

    @Test
    void aPortInUseIsOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            assertThat(failure(Map.of("GATEHOUSE_SERVER_PORT", port), "--demo"))
                    .isEqualTo("gatehouse: port " + port
                            + " of 127.0.0.1 is in use: stop whatever listens there, or set server.port");
            assertThat(failure(Map.of("GATEHOUSE_MANAGEMENT_PORT", port), "--demo"))
                    .isEqualTo("gatehouse: port " + port
                            + " of 127.0.0.1 is in use: stop whatever listens there, or set management.port");
        }
    }

    @Test
    void aDataFolderInUseIsOneLine() throws Exception {
        try (RunningNode node = RunningNode.start("locked", folder, Map.of(), "--demo")) {
            assertThat(failure(Map.of(), "--demo")).contains("data", "in use");
            assertThat(new Caller(node.address())
                            .clientCredentials(Caller.DEMO_CLIENT)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void demoDataIsRefusedOutsideTheDemo() throws Exception {
        try (RunningNode node = RunningNode.start("marked", folder, Map.of(), "--demo")) {
            assertThat(node.stop()).isZero();
        }
        assertThat(failure(Map.of())).contains("demo");
    }

    @Test
    void theDemoIsRefusedWhereOthersCouldReachIt() throws Exception {
        assertThat(failure(Map.of("GATEHOUSE_SERVER_HOST", "0.0.0.0"), "--demo"))
                .contains("--demo", "server.host");
        assertThat(failure(Map.of("GATEHOUSE_MANAGEMENT_HOST", "0.0.0.0"), "--demo"))
                .contains("--demo", "management.host");
    }

    @Test
    void aKeyThatOthersCanReadIsOneLine() throws Exception {
        Path key = Files.createDirectories(folder.resolve("data")).resolve("master.key");
        Files.writeString(key, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(failure(Map.of(), "--demo")).contains("master.key", "chmod 600");
    }

    @Test
    void everyMistakeInTheConfigurationIsNamedAtOnce() throws Exception {
        Path file =
                Files.writeString(folder.resolve("gatehouse.yaml"), "server: {prt: 1}\ntokens: {access_ttl: soon}\n");
        try (Child child = RunningNode.launch("mistakes", folder, Map.of(), "--config", file.toString())) {
            assertThat(child.exitCode()).isEqualTo(1);
            assertThat(child.err()).hasSize(3).anyMatch(line -> line.contains("server.prt"));
            assertThat(child.err()).anyMatch(line -> line.contains("tokens.access_ttl"));
        }
    }

    @Test
    void aMissingConfigurationFileIsNamed() throws Exception {
        try (Child child = RunningNode.launch("missing", folder, Map.of(), "--config", "nowhere.yaml")) {
            assertThat(child.exitCode()).isEqualTo(1);
            assertThat(child.err())
                    .noneMatch(line -> line.startsWith("\tat "))
                    .anyMatch(line -> line.contains("nowhere.yaml"));
        }
    }

    /** What a start that must fail says on standard error: one line, with exit code 1. */
    private String failure(Map<String, String> environment, String... arguments) throws Exception {
        try (Child child = RunningNode.launch("refused", folder, environment, arguments)) {
            assertThat(child.exitCode())
                    .as("out: %s, err: %s", child.out(), child.err())
                    .isEqualTo(1);
            assertThat(child.out()).noneMatch(line -> line.startsWith("\tat "));
            assertThat(child.err()).hasSize(1);
            return child.err().getFirst();
        }
    }
}
