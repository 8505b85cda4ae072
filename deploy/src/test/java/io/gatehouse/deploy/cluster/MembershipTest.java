package io.gatehouse.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.config.ClusterConfig;
import io.gatehouse.common.config.ClusterTlsConfig;
import io.gatehouse.common.config.Role;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.PartHealth;
import io.gatehouse.common.message.StoreHealth;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class MembershipTest {
    @TempDir
    private Path folder;

    private List<Integer> ports;
    private int busPort;

    @BeforeEach
    void choosePorts() throws Exception {
        ports = List.of(Member.freePort(), Member.freePort());
        busPort = Member.freePair();
    }

    private Member store() throws Exception {
        return Member.join(
                Member.config(ports.get(0), busPort, ports, Member.certificate(folder, "a", Role.STORE)), Role.STORE);
    }

    private Member gateway() throws Exception {
        return Member.join(
                Member.config(ports.get(1), 0, ports, Member.certificate(folder, "b", Role.GATEWAY)), Role.GATEWAY);
    }

    private static Bus serving(Member store, String name) {
        Bus bus = new Bus(store.vertx, store.node, 0);
        bus.serve(
                        StoreHealth.class,
                        StoreHealth.ADDRESS,
                        check -> Future.succeededFuture(new PartHealth(true, Map.of("name", name))))
                .await();
        return bus;
    }

    private static String whoAnswers(Bus asking) throws Exception {
        long start = System.nanoTime();
        while (true) {
            try {
                return asking.ask(new StoreHealth.Check()).await().details().get("name");
            } catch (OAuthFailure unavailable) {
                assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(60));
                Thread.sleep(100);
            }
        }
    }

    /** Null where it is answered. */
    private static @Nullable OAuthError error(Bus asking) {
        try {
            asking.ask(new StoreHealth.Check()).await();
            return null;
        } catch (OAuthFailure failure) {
            return failure.error();
        }
    }

    @Test
    void membersAnswerEachOther() throws Exception {
        try (Member store = store();
                Member gateway = gateway()) {
            serving(store, "store");
            assertThat(whoAnswers(new Bus(gateway.vertx, gateway.node, 0))).isEqualTo("store");
        }
    }

    @Test
    void whoWithdrewIsAskedNoMoreButStillAnswers() throws Exception {
        try (Member store = store();
                Member gateway = gateway()) {
            Bus own = serving(store, "store");
            Bus asking = new Bus(gateway.vertx, gateway.node, 0);
            whoAnswers(asking);

            store.membership.withdraw().await();

            Eventually.isTrue(() -> new OAuthError.Unavailable("store").equals(error(asking)));
            assertThat(own.ask(new StoreHealth.Check()).await().ready()).isTrue();
        }
    }

    @Test
    void strangersAreKeptOutOfEveryPort() throws Exception {
        Path foreign = Files.createDirectory(folder.resolve("foreign"));
        ClusterTlsConfig member = Member.certificate(folder, "c", Role.GATEWAY);
        ClusterTlsConfig stranger = Member.certificate(foreign, "c", Role.GATEWAY);
        try (Member store = store()) {
            serving(store, "store");
            for (int port : List.of(ports.get(0), busPort, busPort + 1)) {
                assertThat(new Visitor(member, "TLSv1.3").isLetIn(port)).isTrue();
                assertThat(new Visitor(stranger, "TLSv1.3").isLetIn(port)).isFalse();
                assertThat(new Visitor(null, "TLSv1.3").isLetIn(port)).isFalse();
                assertThat(new Visitor(member, "TLSv1.2").isLetIn(port)).isFalse();
            }
        }
    }

    @Test
    void aMemberShowsACertificateForItsRoles() throws Exception {
        ClusterConfig config = Member.config(ports.get(0), 0, ports, Member.certificate(folder, "a", Role.GATEWAY));
        assertThatThrownBy(() -> Member.join(config, Role.TOKEN))
                .isInstanceOf(UnusableMember.class)
                .hasMessageContaining("[token]")
                .hasMessageContaining("cluster certs");
    }

    @Test
    void aMemberShowsACertificateOfTheAuthorityThatItTrusts() throws Exception {
        Path foreign = Files.createDirectory(folder.resolve("foreign"));
        ClusterTlsConfig own = Member.certificate(folder, "a", Role.GATEWAY);
        ClusterTlsConfig others = Member.certificate(foreign, "a", Role.GATEWAY);
        refuses(new ClusterTlsConfig(own.certificate(), own.key(), others.ca()), "not signed by cluster.tls.ca");
        refuses(new ClusterTlsConfig(own.certificate(), own.certificate(), own.ca()), "cluster.tls.key");
        refuses(new ClusterTlsConfig(folder.resolve("none"), own.key(), own.ca()), "can't be read");
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        ClusterTlsConfig tls = Member.certificate(folder, "a", Role.GATEWAY);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> Member.join(Member.config(port, 0, ports, tls), Role.GATEWAY))
                    .isInstanceOf(UnusableMember.class)
                    .hasMessageContaining("cluster.port")
                    .hasMessageContaining(String.valueOf(port));
        }
    }

    private void refuses(ClusterTlsConfig files, String words) {
        assertThatThrownBy(() -> Member.join(Member.config(ports.get(0), 0, ports, files), Role.GATEWAY))
                .isInstanceOf(UnusableMember.class)
                .hasMessageContaining(words);
    }
}
