package io.gatehouse.deploy.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who may talk to whom in Kubernetes. */
class NetworkPoliciesTest {
    private static final String NAME = "app.kubernetes.io/name";
    private static final String COMPONENT = "app.kubernetes.io/component";

    @Test
    void nobodyMayAnythingUnlessItIsNamed() throws IOException {
        assertThat(policies())
                .anySatisfy(policy -> assertThat(Manifests.map(policy, "spec"))
                        .isEqualTo(Map.of("podSelector", Map.of(), "policyTypes", List.of("Ingress", "Egress"))));
    }

    /** Without peers a rule would be for all the world. */
    @Test
    void everyRuleNamesPeersAndPorts() throws IOException {
        for (Map<String, Object> policy : policies()) {
            for (Object rule : Manifests.list(policy, "spec", "ingress")) {
                assertThat(Manifests.list(rule, "from")).isNotEmpty();
                assertThat(Manifests.list(rule, "ports")).isNotEmpty();
            }
            assertThat(Manifests.list(policy, "spec", "egress"))
                    .allSatisfy(rule -> assertThat(Manifests.list(rule, "to")).isNotEmpty());
        }
    }

    @Test
    void membersReachEachOtherOnEveryPortOfTheCluster() throws IOException {
        Map<String, Object> members = policy("members");
        Map<String, Object> peer = Map.of("podSelector", Map.of("matchLabels", Map.of(NAME, "gatehouse")));
        assertThat(Manifests.at(members, "spec", "podSelector")).isEqualTo(peer.get("podSelector"));
        assertThat(Manifests.list(members, "spec", "ingress", 0, "from")).containsExactly(peer);
        assertThat(Manifests.list(members, "spec", "egress", 0, "to")).containsExactly(peer);
        Set<Object> open = ports(Manifests.at(members, "spec", "ingress", 0));
        assertThat(open).isEqualTo(ports(Manifests.at(members, "spec", "egress", 0)));
        for (Map<String, Object> deployment :
                Manifests.ofKind(Manifests.kubernetes(), "Deployment").toList()) {
            assertThat(open).isEqualTo(containerPorts(deployment, "members", "bus", "alive"));
        }
    }

    @Test
    void everyPortOfAContainerIsReachedBySomebodyAndNoOther() throws IOException {
        for (Map<String, Object> deployment :
                Manifests.ofKind(Manifests.kubernetes(), "Deployment").toList()) {
            Map<String, Object> labels = Manifests.map(deployment, "spec", "template", "metadata", "labels");
            Set<Object> reached = new TreeSet<>();
            for (Map<String, Object> policy : policies()) {
                if (selects(policy, labels)) {
                    Manifests.list(policy, "spec", "ingress").forEach(rule -> reached.addAll(ports(rule)));
                }
            }
            assertThat(reached).isEqualTo(containerPorts(deployment, "http", "health", "members", "bus", "alive"));
        }
    }

    @Test
    void theStoreAloneReachesDatabases() throws IOException {
        for (Map<String, Object> policy : policies()) {
            Set<Object> reached = new TreeSet<>();
            Manifests.list(policy, "spec", "egress").forEach(rule -> reached.addAll(ports(rule)));
            boolean store = "store".equals(Manifests.at(policy, "spec", "podSelector", "matchLabels", COMPONENT));
            assertThat(reached.contains(5432) || reached.contains(6379)).isEqualTo(store);
        }
    }

    /** What lets the gateway out must not let it into the network that it runs in. */
    @Test
    void theWorldIsNotThePrivateNetwork() throws IOException {
        for (Map<String, Object> policy : policies()) {
            for (Object rule : Manifests.list(policy, "spec", "egress")) {
                for (Object peer : Manifests.list(rule, "to")) {
                    if (Manifests.at(peer, "ipBlock") != null) {
                        assertThat(Manifests.list(peer, "ipBlock", "except"))
                                .contains("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16");
                        assertThat(ports(rule)).containsExactly(443);
                    }
                }
            }
        }
    }

    private static boolean selects(Map<String, Object> policy, Map<String, Object> labels) {
        Map<String, Object> wanted = Manifests.map(policy, "spec", "podSelector", "matchLabels");
        return wanted == null || labels.entrySet().containsAll(wanted.entrySet());
    }

    private static Set<Object> containerPorts(Map<String, Object> deployment, String... names) {
        return Manifests.list(deployment, "spec", "template", "spec", "containers", 0, "ports").stream()
                .filter(port -> List.of(names).contains(String.valueOf(Manifests.at(port, "name"))))
                .map(port -> Manifests.at(port, "containerPort"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<Object> ports(Object rule) {
        return Manifests.list(rule, "ports").stream()
                .map(port -> Manifests.at(port, "port"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Object> policy(String name) throws IOException {
        return policies().stream()
                .filter(one -> Manifests.name(one).equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Map<String, Object>> policies() throws IOException {
        return Manifests.ofKind(Manifests.kubernetes(), "NetworkPolicy").toList();
    }
}
