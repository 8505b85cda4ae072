package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.store.pg.PostgresServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What README.md tells of growing out of one machine, done as it says: its lines in a shell, and its configuration as the one
 * file of all nodes. Addresses, ports and folders are other ones; a machine is a folder, with what the node there needs.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs an address of loopback for each machine")
class GrowingIT {
    private static final List<String> SECRETS = List.of("attestation.key", "master.key", "management.token");

    @TempDir
    private Path folder;

    private String chapter;

    @BeforeEach
    void unpack() throws Exception {
        String text = Files.readString(Path.of("..", "README.md"));
        int start = text.indexOf("## Growing out of one machine");
        chapter = text.substring(start, text.indexOf("\n## ", start));
        Path deploy = Files.createDirectories(folder.resolve("deploy"));
        Files.copy(Path.of("gatehouse"), deploy.resolve("gatehouse"));
        Files.copy(Artefacts.jar(), deploy.resolve("gatehouse.jar"));
    }

    private List<String> blocks(String language) {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(chapter)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    @Test
    void theChapterMakesACluster() throws Exception {
        assumeTrue(run("look", folder, Map.of(), "command -v openssl") == 0, "openssl is not installed");
        assertThat(run("prepare", folder, Map.of(), "set -e\n" + blocks("sh").getFirst()))
                .isZero();
        String port = String.valueOf(Places.freePort());
        String config = blocks("yaml")
                .getFirst()
                .replace("10.0.0.", "127.0.0.")
                .replace("7800", port)
                .replace("/run/secrets/", "secrets/")
                .replace("/etc/gatehouse/", "");
        List<String> starts = blocks("sh").get(1).lines().toList();
        try (PostgresServer server = PostgresServer.start(folder.resolve("postgres"), Map.of("fsync", "off"))) {
            Path secrets = Files.createDirectories(machine("back1", config).resolve("secrets"));
            Files.writeString(secrets.resolve("gatehouse-database"), server.uri("growing"));
            Planted.add(PostgresServer.PASSWORD);
            for (String secret : SECRETS) {
                Files.copy(folder.resolve(secret), secrets.resolve(secret));
                Planted.add(Files.readString(folder.resolve(secret)).strip());
            }
            machine("gw1", config);
            work(starts.getFirst(), starts.getLast(), port);
        }
    }

    private void work(String startBack, String startGateway, String port) throws Exception {
        try (Child back = start("back1", startBack, "127.0.0.3", port)) {
            Eventually.isReady(RunningNode.await(back));
            try (Child gateway = start("gw1", startGateway, "127.0.0.1", port)) {
                RunningNode running = RunningNode.await(gateway);
                Eventually.isReady(running);
                String keys = new Caller(running.address()).get("/oauth2/jwks").body();
                assertThat(new JsonObject(keys).getJsonArray("keys")).as(keys).isNotEmpty();
            }
        }
    }

    /** What lies on the machine of a node. */
    private Path machine(String name, String config) throws IOException {
        Path own = Files.createDirectories(folder.resolve("machines").resolve(name));
        Files.createSymbolicLink(own.resolve("deploy"), Path.of("..", "..", "deploy"));
        Files.writeString(own.resolve("gatehouse.yaml"), config);
        try (Stream<Path> files = Files.list(folder.resolve("certs").resolve(name))) {
            for (Path file : files.toList()) {
                Files.copy(file, own.resolve(file.getFileName()));
            }
        }
        return own;
    }

    private Child start(String name, String line, String address, String port) throws IOException {
        Map<String, String> environment = Map.of(
                "GATEHOUSE_SERVER_PORT", "0",
                "GATEHOUSE_MANAGEMENT_PORT", "0",
                "GATEHOUSE_CLUSTER_BIND", address,
                "GATEHOUSE_CLUSTER_PORT", port,
                "GATEHOUSE_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
        return shell(name, folder.resolve("machines").resolve(name), environment, "exec " + line);
    }

    private static int run(String name, Path current, Map<String, String> environment, String script) throws Exception {
        try (Child child = shell(name, current, environment, script)) {
            return child.exitCode();
        }
    }

    private static Child shell(String name, Path current, Map<String, String> environment, String script)
            throws IOException {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        return new Child(name, current, variables, List.of("sh", "-c", script));
    }
}
