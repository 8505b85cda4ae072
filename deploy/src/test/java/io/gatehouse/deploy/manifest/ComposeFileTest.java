package io.gatehouse.deploy.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.config.ClusterConfig;
import io.gatehouse.common.config.GatehouseConfig;
import io.gatehouse.common.config.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class ComposeFileTest {
    private static final List<String> NODES = List.of("gateway", "token", "store");
    private static final List<String> MEMBER = List.of("ca.crt", "node.crt", "node.key");

    @TempDir
    private Path folder;

    @Test
    void everyNodeTakesItsConfigurationAndFindsItsFiles() throws Exception {
        makeSecrets();
        Map<String, Object> services = services();
        for (String node : NODES) {
            GatehouseConfig config = config(node);
            assertThat(config.roles()).containsExactly(Role.valueOf(node.toUpperCase(Locale.ROOT)));
            ClusterConfig cluster = config.cluster();
            assertThat(cluster.enabled()).isTrue();
            assertThat(cluster.bind()).isEqualTo(Manifests.at(services, node, "networks", "members", "ipv4_address"));
            assertThat(cluster.members()).contains(cluster.bind() + ":" + cluster.port());
            assertThat(cluster.tls().certificate()).exists();
            assertThat(cluster.tls().key()).exists();
            assertThat(cluster.tls().ca()).exists();
            assertThat(volumes(services, node))
                    .containsEntry("/etc/gatehouse/gatehouse.yaml", "./compose/" + node + ".yaml")
                    .containsEntry("/run/gatehouse", node);
        }
        assertThat(config("token").management().token()).isNotNull();
        assertThat(config("token").cluster().attestationKey())
                .isEqualTo(config("store").cluster().attestationKey());
    }

    @Test
    void nobodyIsGivenWhatBelongsToAnother() throws Exception {
        makeSecrets();
        assertThat(given("gateway")).containsExactlyElementsOf(MEMBER);
        assertThat(given("token"))
                .contains("master.key", "attestation.key", "client-secret", "management.token")
                .hasSize(7);
        assertThat(given("store"))
                .contains("attestation.key", "database", "redis")
                .hasSize(6);
        assertThat(given("postgres")).containsExactly("password");
        assertThat(given("redis")).containsExactly("redis.conf");
    }

    @Test
    void startedAgainItChangesNothing() throws Exception {
        makeSecrets();
        Map<String, String> before = contents();
        makeSecrets();
        assertThat(contents()).isEqualTo(before).isNotEmpty();
    }

    @Test
    void containersMayDoAsLittleAsTheyCan() throws Exception {
        for (String node : NODES) {
            Map<String, Object> service = Manifests.map(services(), node);
            assertThat(service)
                    .containsEntry("read_only", true)
                    .containsEntry("user", "65532:65532")
                    .containsEntry("cap_drop", List.of("ALL"));
            assertThat(service.containsKey("ports")).isEqualTo(node.equals("gateway"));
        }
        assertThat(networks("gateway")).containsExactly("outside", "members");
        assertThat(networks("token")).containsExactly("members");
        assertThat(networks("store")).containsExactly("members", "data");
        assertThat(services().values())
                .allSatisfy(service -> assertThat(String.valueOf(service))
                        .doesNotContain("privileged", "docker.sock", "network_mode=host"));
        for (String network : List.of("members", "data")) {
            assertThat(Manifests.at(file(), "networks", network, "internal")).isEqualTo(true);
        }
    }

    @Test
    void thePortThatIsPublishedIsTheOneOfTheIssuer() throws Exception {
        makeSecrets();
        GatehouseConfig gateway = config("gateway");
        assertThat(Manifests.list(services(), "gateway", "ports"))
                .containsExactly("127.0.0.1:%d:%d"
                        .formatted(gateway.issuer().getPort(), gateway.server().port()));
        assertThat(config("token").issuer()).isEqualTo(gateway.issuer());
    }

    private void makeSecrets() throws Exception {
        Path script = Path.of("compose", "secrets.sh").toAbsolutePath();
        String owner = Shell.run(folder, Map.of(), "sh", "-c", "echo $(id -u):$(id -g)")
                .strip();
        Map<String, String> environment = Map.of(
                "OWNER",
                owner,
                "GATEHOUSE",
                Shell.gatehouse(folder.resolve("gatehouse")).toString());
        Files.createDirectories(folder.resolve("authority"));
        Shell.run(
                folder,
                environment,
                "sh",
                script.toString(),
                folder.resolve("authority").toString(),
                folder.resolve("nodes").toString());
    }

    private GatehouseConfig config(String node) throws IOException {
        return new Mounts(Map.of("/run/gatehouse", folder.resolve("nodes").resolve(node)))
                .read(Path.of("compose", node + ".yaml"), "");
    }

    private List<String> given(String node) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("nodes").resolve(node))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder.resolve("nodes"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.toString(), Files.readString(file));
            }
        }
        return contents;
    }

    private static Map<String, Object> file() throws IOException {
        return Manifests.read(Path.of("compose.yaml")).getFirst();
    }

    private static Map<String, Object> services() throws IOException {
        return Manifests.map(file(), "services");
    }

    private static List<String> networks(String node) throws IOException {
        return List.copyOf(Manifests.map(services(), node, "networks").keySet());
    }

    /** What is mounted, by where. */
    private static Map<String, String> volumes(Map<String, Object> services, String node) {
        Map<String, String> volumes = new LinkedHashMap<>();
        Manifests.list(services, node, "volumes").forEach(volume -> {
            String[] parts = volume.toString().split(":");
            volumes.put(parts[1], parts[0]);
        });
        return volumes;
    }
}
