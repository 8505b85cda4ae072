package io.gatehouse.common.config;

import static io.gatehouse.common.config.ConfigAssertions.parsed;
import static io.gatehouse.common.config.ConfigAssertions.problem;
import static io.gatehouse.common.config.ConfigAssertions.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The section {@code cluster}. */
class ClusterConfigTest {
    private static final String TLS = "tls: {certificate: node.crt, key: node.key, ca: ca.crt}";
    private static final String MEMBERS = "members: [\"127.0.0.1:7800\", \"node-b:7801\", \"[::1]:7802\"]";
    private static final String KEY = "attestation_key: MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    private static String member(String... more) {
        return "cluster: {enabled: true, " + TLS + ", " + String.join(", ", more) + "}\n";
    }

    private static String gateway(String... more) {
        return "roles: [gateway]\n" + member(more);
    }

    @Test
    void aNodeStandsAloneUnlessItIsWritten() {
        assertThat(parsed("").cluster().enabled()).isFalse();
        assertThat(parsed("").cluster().tls()).isNull();
    }

    @Test
    void aMember() {
        ClusterConfig cluster = parsed(member(MEMBERS, KEY)).cluster();
        assertThat(cluster.members()).isEqualTo(List.of("127.0.0.1:7800", "node-b:7801", "[::1]:7802"));
        assertThat(cluster.tls())
                .isEqualTo(new ClusterTlsConfig(Path.of("node.crt"), Path.of("node.key"), Path.of("ca.crt")));
        assertThat(cluster.attestationKeyBytes()).hasSize(32);
        assertThat(parsed(member(MEMBERS, KEY)).masked()).doesNotContain("MDEyMzQ1");
    }

    @Test
    void aMemberNeedsTls() {
        assertThat(problem("roles: [gateway]\ncluster: {enabled: true, " + MEMBERS + "}"))
                .contains("cluster.tls")
                .contains("cluster certs");
    }

    @Test
    void oneWayToFindOthers() {
        assertThat(parsed(gateway("dns: gatehouse-headless")).cluster().dns()).isEqualTo("gatehouse-headless");
        assertThat(problem(gateway("port: 7800"))).contains("cluster.members").contains("dns");
        assertThat(problem(gateway("dns: gatehouse", MEMBERS))).contains("cluster.members");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.7", "10.0.0.7:", "10.0.0.7:70000", "a b:7800", "::1:7800", "[::1:7800", "a<b>:1"})
    void membersHaveAHostAndAPort(String member) {
        assertThat(problem(gateway("members: [\"" + member + "\"]"))).contains("cluster.members");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "\"::\""})
    void oneAddressIsBound(String bind) {
        assertThat(problem(gateway(MEMBERS, "bind: " + bind))).contains("cluster.bind");
    }

    @Test
    void storeAndTokenShareAKey() {
        assertThat(problem("roles: [store]\n" + member(MEMBERS))).contains("cluster.attestation_key");
        assertThat(problem("issuer: https://a.example\nroles: [token]\n" + member(MEMBERS)))
                .contains("cluster.attestation_key");
        assertThat(problem("roles: [store]\n" + member(MEMBERS, "attestation_key: short")))
                .contains("openssl rand -base64 32");
    }

    @Test
    void aGatewayNeverHasIt() {
        assertThat(problem(gateway(MEMBERS, KEY))).contains("cluster.attestation_key");
        assertThat(parsed(gateway(MEMBERS, "attestation_key: \"file:/no/such/file\""))
                        .cluster()
                        .attestationKey())
                .isNull();
    }

    @Test
    void aGatewayRefusesWhatIsOfOthers() {
        assertThat(problems(gateway(MEMBERS)
                        + "keys: {master_key: MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=}\n"
                        + "store: {kind: postgres, uri: \"postgresql://a:b@127.0.0.1/c\"}\n"
                        + "bootstrap: {tenants: [{id: main}]}"))
                .hasSize(3)
                .anyMatch(line -> line.contains("keys.master_key"))
                .anyMatch(line -> line.contains("store.uri"))
                .anyMatch(line -> line.contains("bootstrap"));
    }
}
