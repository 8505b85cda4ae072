package io.gatehouse.deploy.cluster;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.bus.BusNode;
import io.gatehouse.common.config.ClusterConfig;
import io.gatehouse.common.config.ClusterTlsConfig;
import io.gatehouse.common.config.Role;
import io.gatehouse.deploy.certs.Authority;
import io.gatehouse.deploy.certs.NodeIdentity;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A member that a test started in this process, on loopback. */
final class Member implements AutoCloseable {
    final Membership membership;
    final Vertx vertx;
    final BusNode node;

    private Member(Membership membership, Vertx vertx) {
        this.membership = membership;
        this.vertx = vertx;
        this.node = new BusNode(membership.link(vertx));
    }

    /** Blocks until it has joined. */
    static Member join(ClusterConfig config, Role... roles) {
        Vertx reader = Vertx.vertx();
        try {
            Membership membership = Membership.join(reader, config, List.of(roles));
            Vertx vertx = membership.open(Vertx.builder(), new VertxOptions().setEventLoopPoolSize(1));
            Bus.register(vertx);
            return new Member(membership, vertx);
        } finally {
            reader.close().await();
        }
    }

    /** A certificate that the authority in a folder signed. */
    static ClusterTlsConfig certificate(Path authority, String name, Role... roles) throws Exception {
        Path folder = Authority.in(authority, Clock.systemUTC()).issue(new NodeIdentity(name, Set.of(roles)));
        return new ClusterTlsConfig(folder.resolve("node.crt"), folder.resolve("node.key"), folder.resolve("ca.crt"));
    }

    static ClusterConfig config(int port, int busPort, List<Integer> ports, ClusterTlsConfig tls) {
        List<String> members = ports.stream().map(one -> "127.0.0.1:" + one).toList();
        return new ClusterConfig(true, "127.0.0.1", port, busPort, members, null, tls, null, Duration.ofMillis(500));
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** One behind which another is free. */
    static int freePair() throws IOException {
        while (true) {
            int port = freePort();
            try (ServerSocket behind = new ServerSocket(port + 1, 1, InetAddress.getLoopbackAddress())) {
                return behind.getLocalPort() - 1;
            } catch (IOException taken) {
                // another try
            }
        }
    }

    @Override
    public void close() {
        vertx.close().await();
        membership.leave();
    }
}
