package io.gatehouse.deploy.cluster;

import io.gatehouse.common.bus.Link;
import io.gatehouse.common.bus.seal.Identity;
import io.gatehouse.common.config.ClusterConfig;
import io.gatehouse.common.config.ClusterTlsConfig;
import io.gatehouse.common.config.Role;
import io.gatehouse.common.crypto.Entropy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.spi.cluster.NodeInfo;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Objects;
import org.infinispan.manager.DefaultCacheManager;

/** This process's place in a cluster, from joining to leaving. */
public final class Membership {
    /** Who begins while wires are cut waits for no more than this once they are whole: the kernel's own next try comes late. */
    private static final int CONNECT_MILLIS = 500;
    /** So often is one tried that can't be reached: the kernel itself would try again after a second, and then later and later. */
    private static final int KNOCK_MILLIS = 250;
    /** A member that hangs is dropped sooner than by the group. */
    private static final int PING_MILLIS = 4_000;
    /** What could not be delivered for so long is forgotten: nobody waits for it any more, and done later it would do harm. */
    private static final int DELIVERY_MILLIS = 4_000;

    private final ClusterConfig config;
    private final MemberTls tls;
    private final Identity identity;
    private final Members members;
    private final DefaultCacheManager caches;

    private Membership(ClusterConfig config, MemberTls tls, Identity identity, DefaultCacheManager caches) {
        this.config = config;
        this.tls = tls;
        this.identity = identity;
        this.caches = caches;
        this.members = new Members(caches);
    }

    /**
     * Finds the others and joins them; alone, it is the first. Blocks for seconds.
     *
     * @param vertx reads the files
     * @throws UnusableMember where the others would not take it
     */
    public static Membership join(Vertx vertx, ClusterConfig config, Collection<Role> roles) {
        ClusterTlsConfig files = Objects.requireNonNull(config.tls(), "checked with the configuration");
        MemberTls tls = MemberTls.read(vertx, files, roles);
        checkFree("port", config.bind(), config.port());
        if (config.busPort() != 0) {
            checkFree("bus_port", config.bind(), config.busPort());
            checkFree("bus_port", config.bind(), config.busPort() + 1);
        }
        // A member that comes back is another one: what was said to the one before is not for it.
        String name =
                tls.name() + "-" + HexFormat.of().formatHex(Entropy.bytes(6).toArray());
        Identity identity = tls.identify(name, Instant.now());
        tls.checkPair(identity);
        try {
            DefaultCacheManager caches = new DefaultCacheManager(GroupConfiguration.of(config, tls, name), false);
            NoOrders.install(caches);
            caches.start();
            return new Membership(config, tls, identity, caches);
        } catch (RuntimeException failure) {
            throw new UnusableMember("can't be a member of the cluster on port " + config.port() + " of "
                    + config.bind() + " (" + root(failure) + "): check cluster.bind and cluster.port");
        }
    }

    /** Before the libraries fail over it, at length. */
    private static void checkFree(String key, String bind, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(bind, port));
        } catch (IOException failure) {
            throw new UnusableMember("can't listen on port " + port + " of " + bind + " (" + failure.getMessage()
                    + "): stop whatever listens there, or set cluster.bind and cluster." + key);
        }
    }

    private static String root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /** A Vert.x instance that is this member. Blocks. */
    public Vertx open(VertxBuilder builder, VertxOptions options) {
        EventBusOptions bus = options.getEventBusOptions()
                .setHost(config.bind())
                .setPort(config.busPort())
                .setConnectTimeout(CONNECT_MILLIS)
                .setClusterPingInterval(PING_MILLIS)
                .setClusterPingReplyInterval(PING_MILLIS)
                .setClusterNodeMetadata(HelloCheck.write(identity.hello()));
        bus.setTcpUserTimeout(DELIVERY_MILLIS);
        tls.applyTo(bus);
        Vertx vertx = builder.with(options)
                .withClusterManager(members)
                .buildClustered()
                .await();
        NetClient client = vertx.createNetClient(new NetClientOptions(bus.toJson())
                .setHostnameVerificationAlgorithm("")
                .setConnectTimeout(KNOCK_MILLIS));
        members.keepUp(vertx, place -> knock(client, place));
        return vertx;
    }

    /** With certificates, so that it is a process that opens, and a member's: the kernel of one that hangs would take a connection. */
    private static Future<Void> knock(NetClient client, NodeInfo place) {
        return client.connect(place.port(), place.host())
                .compose(NetSocket::close)
                .recover(failure -> Future.failedFuture(isRefused(failure) ? new Missing.ShutDoor() : failure));
    }

    private static boolean isRefused(Throwable failure) {
        return failure instanceof ConnectException
                && String.valueOf(failure.getMessage()).contains("refused");
    }

    /**
     * How what runs here speaks with the other members.
     *
     * @param vertx that {@link #open} gave
     */
    public Link link(Vertx vertx) {
        Clock clock = Clock.systemUTC();
        return new Link(vertx, identity, new Neighbourhood(vertx, members, tls.others(clock)), clock);
    }

    DefaultCacheManager caches() {
        return caches;
    }

    /** Nobody asks this member any more, from when this completes; it still answers. */
    public Future<Void> withdraw() {
        return members.withdraw();
    }

    /** Once the Vert.x instance is closed: says good-bye. Blocks. */
    public void leave() {
        caches.stop();
    }
}
