package io.gatehouse.deploy.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.common.config.GatehouseConfig;
import io.gatehouse.common.config.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@EnabledOnOs(OS.LINUX)
class KubernetesTest {
    private static final Path CONFIG = Path.of("kubernetes", "config");
    /** In seconds: ten for requests, five for writing down what they did. */
    private static final int AFTER_DRAIN = 15;

    @TempDir
    private static Path folder;

    /** The secrets are those that the page tells to make. */
    @ParameterizedTest
    @EnumSource(Role.class)
    void everyPodTakesItsConfigurationAndFindsItsFiles(Role role) throws Exception {
        GatehouseConfig config = mounts(role).read(CONFIG.resolve(role + ".yaml"), "10.1.2.3");
        assertThat(config.roles()).containsExactly(role);
        assertThat(config.cluster().enabled()).isTrue();
        assertThat(config.cluster().tls().certificate()).exists();
        assertThat(config.cluster().tls().key()).exists();
        assertThat(config.cluster().tls().ca()).exists();
        int grace = (Integer) Manifests.at(pod(role), "terminationGracePeriodSeconds");
        assertThat(grace).isGreaterThan((int) config.cluster().drain().toSeconds() + AFTER_DRAIN);
    }

    @Test
    void nobodyIsGivenWhatBelongsToAnother() throws Exception {
        assertThat(mounts(Role.GATEWAY).folders()).containsOnlyKeys("/etc/gatehouse/member");
        assertThat(names(mounts(Role.TOKEN)))
                .containsExactlyInAnyOrder("master.key", "attestation.key", "management.token");
        assertThat(names(mounts(Role.STORE))).containsExactlyInAnyOrder("attestation.key", "database", "redis");
    }

    /** What {@code gatehouse keys} shows to the pod that it runs in. */
    @Test
    void tokenPodsTakeOrders() throws Exception {
        GatehouseConfig config = mounts(Role.TOKEN).read(CONFIG.resolve("token.yaml"), "10.1.2.3");
        assertThat(config.management().token()).isNotNull();
        assertThat(mounts(Role.GATEWAY)
                        .read(CONFIG.resolve("gateway.yaml"), "10.1.2.3")
                        .management()
                        .token())
                .isNull();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void portsAndProbesAreThoseOfTheConfiguration(Role role) throws Exception {
        GatehouseConfig config = mounts(role).read(CONFIG.resolve(role + ".yaml"), "10.1.2.3");
        Map<Object, Object> ports = ports(role);
        assertThat(ports)
                .containsEntry("health", config.management().port())
                .containsEntry("members", config.cluster().port())
                .containsEntry("bus", config.cluster().busPort())
                .containsEntry("alive", config.cluster().busPort() + 1);
        assertThat(ports.get("http"))
                .isEqualTo(role == Role.GATEWAY ? config.server().port() : null);
        Map<String, Object> container = container(role);
        assertThat(Manifests.at(container, "startupProbe", "httpGet", "path")).isEqualTo("/health/live");
        assertThat(Manifests.at(container, "livenessProbe", "httpGet", "path")).isEqualTo("/health/live");
        assertThat(Manifests.at(container, "readinessProbe", "httpGet", "path")).isEqualTo("/health/ready");
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(Manifests.at(container, probe, "httpGet", "port")).isEqualTo("health");
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void podsMayDoAsLittleAsTheyCan(Role role) throws IOException {
        assertThat(Manifests.map(pod(role), "securityContext"))
                .containsEntry("runAsNonRoot", true)
                .containsEntry("runAsUser", 65532)
                .containsEntry("seccompProfile", Map.of("type", "RuntimeDefault"));
        assertThat(Manifests.map(container(role), "securityContext"))
                .containsEntry("readOnlyRootFilesystem", true)
                .containsEntry("allowPrivilegeEscalation", false)
                .containsEntry("capabilities", Map.of("drop", List.of("ALL")));
        assertThat(pod(role)).containsEntry("automountServiceAccountToken", false);
    }

    /** A variable with an unknown name would be ignored. */
    @ParameterizedTest
    @EnumSource(Role.class)
    void everyVariableIsOne(Role role) throws IOException {
        String reference = Files.readString(Path.of("config.reference.yaml"));
        for (Object variable : Manifests.list(container(role), "env")) {
            String name = String.valueOf(Manifests.at(variable, "name"));
            assertThat(name.equals("GATEHOUSE_JAVA_OPTS") || reference.matches("(?s).*\\b" + name + "\\b.*"))
                    .as(name)
                    .isTrue();
        }
    }

    @Test
    void membersAreFoundByTheNameOfTheirService() throws Exception {
        for (Role role : Role.values()) {
            String dns = mounts(role)
                    .read(CONFIG.resolve(role + ".yaml"), "10.1.2.3")
                    .cluster()
                    .dns();
            Map<String, Object> service = Manifests.ofKind(Manifests.kubernetes(), "Service")
                    .filter(one -> Manifests.name(one).equals(dns))
                    .findFirst()
                    .orElseThrow();
            assertThat(Manifests.map(service, "spec"))
                    .containsEntry("clusterIP", "None")
                    .containsEntry("publishNotReadyAddresses", true)
                    .containsEntry("selector", Map.of("app.kubernetes.io/name", "gatehouse"));
            assertThat(Manifests.map(deployment(role), "spec", "template", "metadata", "labels"))
                    .containsEntry("app.kubernetes.io/name", "gatehouse");
        }
    }

    @Test
    void budgetsAndAutoscalersAreForDeploymentsThatAreThere() throws IOException {
        var deployments = Manifests.ofKind(Manifests.kubernetes(), "Deployment")
                .map(Manifests::name)
                .collect(Collectors.toSet());
        assertThat(Manifests.ofKind(Manifests.kubernetes(), "PodDisruptionBudget")
                        .map(Manifests::name))
                .containsExactlyInAnyOrderElementsOf(deployments);
        Manifests.ofKind(Manifests.kubernetes(), "HorizontalPodAutoscaler").forEach(scaler -> {
            assertThat(deployments).contains(String.valueOf(Manifests.at(scaler, "spec", "scaleTargetRef", "name")));
            assertThat((Integer) Manifests.at(scaler, "spec", "minReplicas")).isGreaterThan(1);
        });
    }

    @Test
    void kustomizeTakesIt() throws Exception {
        assumeTrue(Shell.has("kubectl"), "kubectl is not installed");
        String built = Shell.run(Path.of("kubernetes"), Map.of(), "kubectl", "kustomize", ".");
        assertThat(built.split("(?m)^kind: "))
                .hasSizeGreaterThan(Manifests.kubernetes().size());
        assertThat(built).doesNotContain("kind: Secret\n");
    }

    /** As the page says, with a kubectl that puts the files of a secret into a folder of its name. */
    @BeforeAll
    static void makeSecrets() throws Exception {
        String page = Files.readString(Path.of("docs", "deployment.md"));
        int start = page.indexOf("```sh\n") + "```sh\n".length();
        Shell.gatehouse(folder.resolve("deploy/gatehouse"));
        Shell.script(folder.resolve("bin/kubectl"), """
                case $* in "-n gatehouse create secret generic "*) ;; *) exit 0 ;; esac
                out=secrets/$6
                mkdir -p "$out"
                for option; do
                  case $option in
                    --from-file=*=*) pair=${option#*=}; cp "${pair#*=}" "$out/${pair%%=*}" ;;
                    --from-file=*) cp "${option#*=}" "$out/" ;;
                  esac
                done
                """);
        Files.writeString(folder.resolve("database"), "postgresql://gatehouse:secret@db:5432/gatehouse\n");
        Files.writeString(folder.resolve("redis"), "redis://:secret@redis:6379\n");
        Map<String, String> environment = Map.of("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        Shell.run(folder, environment, "sh", "-euc", page.substring(start, page.indexOf("```", start)));
    }

    /** The secrets that a pod sees, by where. */
    private static Mounts mounts(Role role) throws IOException {
        Map<Object, Object> secrets = new HashMap<>();
        Manifests.list(pod(role), "volumes")
                .forEach(one -> secrets.put(Manifests.at(one, "name"), Manifests.at(one, "secret", "secretName")));
        Map<String, Path> mounts = new HashMap<>();
        for (Object mount : Manifests.list(container(role), "volumeMounts")) {
            Object secret = secrets.get(Manifests.at(mount, "name"));
            if (secret != null) {
                mounts.put(
                        String.valueOf(Manifests.at(mount, "mountPath")),
                        folder.resolve("secrets").resolve(secret.toString()));
            }
        }
        return new Mounts(mounts);
    }

    private static TreeSet<String> names(Mounts mounts) {
        return new TreeSet<>(
                List.of(mounts.folders().get("/etc/gatehouse/secrets").toFile().list()));
    }

    private static Map<Object, Object> ports(Role role) throws IOException {
        return Manifests.list(container(role), "ports").stream()
                .collect(Collectors.toMap(
                        port -> Manifests.at(port, "name"), port -> Manifests.at(port, "containerPort")));
    }

    private static Map<String, Object> container(Role role) throws IOException {
        return Manifests.map(pod(role), "containers", 0);
    }

    private static Map<String, Object> pod(Role role) throws IOException {
        return Manifests.map(deployment(role), "spec", "template", "spec");
    }

    private static Map<String, Object> deployment(Role role) throws IOException {
        return Manifests.ofKind(Manifests.kubernetes(), "Deployment")
                .filter(one -> Manifests.name(one).equals("gatehouse-" + role))
                .findFirst()
                .orElseThrow();
    }
}
