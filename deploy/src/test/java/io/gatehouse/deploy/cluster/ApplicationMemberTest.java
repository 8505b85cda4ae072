package io.gatehouse.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.config.ClusterConfig;
import io.gatehouse.common.config.ClusterTlsConfig;
import io.gatehouse.common.config.Role;
import io.gatehouse.deploy.certs.Authority;
import io.gatehouse.deploy.certs.NodeIdentity;
import io.vertx.core.eventbus.Message;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application among members that have roles. */
@Timeout(120)
class ApplicationMemberTest {
    private static final String ADDRESS = "gatehouse.test.application";

    @TempDir
    private static Path folder;

    @Test
    void anApplicationJoinsAndAsks() throws Exception {
        int port = Member.freePort();
        ClusterConfig config = Member.config(
                port,
                Member.freePair(),
                List.of(port),
                Member.certificate(folder.resolve("ca"), "gateway", Role.GATEWAY));
        Path own = Authority.in(folder.resolve("ca"), Clock.systemUTC()).issue(new NodeIdentity("orders", Set.of()));
        try (Member gateway = Member.join(config, Role.GATEWAY)) {
            gateway.vertx
                    .eventBus()
                    .consumer(ADDRESS, (Message<String> message) -> message.reply("to " + message.body()));
            try (ApplicationMember application =
                    ApplicationMember.join("127.0.0.1", Member.freePort(), List.of("127.0.0.1:" + port), own)) {
                Eventually.isTrue(() -> application
                        .vertx()
                        .eventBus()
                        .<String>request(ADDRESS, "orders")
                        .map(reply -> reply.body().equals("to orders"))
                        .otherwise(false)
                        .await());
            }
        }
    }

    @Test
    void itsCertificateIsForNoRole() throws Exception {
        Path own = Authority.in(folder.resolve("other"), Clock.systemUTC()).issue(new NodeIdentity("orders", Set.of()));
        ClusterConfig config = Member.config(
                Member.freePort(),
                0,
                List.of(Member.freePort()),
                new ClusterTlsConfig(own.resolve("node.crt"), own.resolve("node.key"), own.resolve("ca.crt")));
        assertThatThrownBy(() -> Member.join(config, Role.GATEWAY)).hasMessageContaining("not for the roles [gateway]");
    }

    @Test
    void aKeyOfAnotherCertificateIsFoundAtOnce() throws Exception {
        Authority authority = Authority.in(folder.resolve("pair"), Clock.systemUTC());
        Path own = authority.issue(new NodeIdentity("orders", Set.of()));
        Path other = authority.issue(new NodeIdentity("other", Set.of()));
        ClusterConfig config = Member.config(
                Member.freePort(),
                0,
                List.of(Member.freePort()),
                new ClusterTlsConfig(own.resolve("node.crt"), other.resolve("node.key"), own.resolve("ca.crt")));
        assertThatThrownBy(() -> Member.join(config))
                .hasMessageContaining("cluster.tls.key is not the private key of cluster.tls.certificate");
    }
}
