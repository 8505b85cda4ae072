package io.gatehouse.deploy.cluster;

import io.gatehouse.common.config.ClusterConfig;
import io.gatehouse.common.config.ClusterTlsConfig;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Another Vert.x application as a member of the cluster, without a role of Gatehouse's own: what {@code
 * io.gatehouse.common.client.Gatehouse} then asks reaches the gateways.
 */
public final class ApplicationMember implements AutoCloseable {
    private final Membership membership;
    private final Vertx vertx;

    private ApplicationMember(Membership membership, Vertx vertx) {
        this.membership = membership;
        this.vertx = vertx;
    }

    /**
     * Joins. Blocks for seconds.
     *
     * @param bind the address that the ports of the cluster are bound to, and that others reach this process by
     * @param port by which members find each other
     * @param members some that are always there, each as HOST:PORT
     * @param certificates the folder that {@code gatehouse cluster certs --name NAME:application} made
     * @throws UnusableMember where the others would not take it
     */
    public static ApplicationMember join(String bind, int port, List<String> members, Path certificates) {
        ClusterTlsConfig tls = new ClusterTlsConfig(
                certificates.resolve("node.crt"), certificates.resolve("node.key"), certificates.resolve("ca.crt"));
        ClusterConfig config = new ClusterConfig(true, bind, port, 0, members, null, tls, null, Duration.ofSeconds(2));
        Vertx reader = Vertx.vertx();
        try {
            Membership membership = Membership.join(reader, config, Set.of());
            return new ApplicationMember(membership, membership.open(Vertx.builder(), new VertxOptions()));
        } finally {
            reader.close().await();
        }
    }

    /** What the application runs on. */
    public Vertx vertx() {
        return vertx;
    }

    /** Closes the Vert.x instance and leaves. Blocks for a moment. */
    @Override
    public void close() {
        vertx.close().await();
        membership.leave();
    }
}
