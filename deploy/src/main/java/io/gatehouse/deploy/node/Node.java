package io.gatehouse.deploy.node;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.bus.BusNode;
import io.gatehouse.common.bus.Link;
import io.gatehouse.common.config.GatehouseConfig;
import io.gatehouse.common.config.ManagementConfig;
import io.gatehouse.common.config.Role;
import io.gatehouse.common.config.RouteConfig;
import io.gatehouse.common.config.ServerConfig;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.metric.Exposition;
import io.gatehouse.deploy.cluster.Membership;
import io.gatehouse.deploy.management.AdminRoutes;
import io.gatehouse.deploy.management.AdminToken;
import io.gatehouse.deploy.management.ManagementServer;
import io.gatehouse.deploy.management.Readiness;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A running node. It starts from the back to the front, listeners last, and stops from the front to the back, so that
 * whatever was accepted finds everything it needs.
 */
public final class Node {
    private final Vertx vertx;
    private final @Nullable Membership membership;
    private final GatehouseConfig config;
    private final Roles roles;
    private final BusNode busNode;
    private final Readiness readiness;
    private final ManagementServer management;
    private String deployment = "";
    private int managementPort;

    private Node(
            Vertx vertx,
            @Nullable Membership membership,
            GatehouseConfig config,
            Roles roles,
            BusNode busNode,
            @Nullable AdminToken token) {
        this.vertx = vertx;
        this.membership = membership;
        this.config = config;
        this.roles = roles;
        this.busNode = busNode;
        // asks from no loop in particular
        Bus bus = new Bus(vertx, busNode, -1);
        this.readiness = new Readiness(roles.health(bus));
        // A node without keys has no say in them either.
        AdminRoutes admin = config.runs(Role.TOKEN) ? new AdminRoutes(bus, token) : null;
        this.management =
                new ManagementServer(vertx, config.management(), readiness, this::metrics, Version.ofBuild(), admin);
    }

    /**
     * Completes when the node serves; on failure everything that was opened is closed again.
     *
     * @param membership null: it stands alone
     */
    static Future<Node> start(
            Vertx vertx, @Nullable Membership membership, GatehouseConfig config, boolean demo, Progress progress) {
        Bus.register(vertx);
        Link link = membership == null ? null : membership.link(vertx);
        BusNode busNode = link == null ? new BusNode(Entropy.bytes(8).base64Url()) : new BusNode(link);
        return neighbours(vertx, busNode, membership, config, progress)
                .compose(looked -> Roles.open(vertx, config, demo, progress))
                .compose(roles -> token(vertx, config)
                        .recover(failure -> roles.close().transform(closed -> Future.failedFuture(failure)))
                        .compose(token -> {
                            Node node = new Node(vertx, membership, config, roles, busNode, token.orElse(null));
                            return node.open(progress)
                                    .recover(failure ->
                                            node.stop(new Ending()).transform(stopped -> Future.failedFuture(failure)));
                        }));
    }

    /** Behind the roles, which lock the data folder and make the master key first. */
    private static Future<Optional<AdminToken>> token(Vertx vertx, GatehouseConfig config) {
        return config.runs(Role.TOKEN)
                ? vertx.executeBlocking(() -> Optional.ofNullable(AdminToken.ofNode(config)))
                : Future.succeededFuture(Optional.empty());
    }

    private static Future<Void> neighbours(
            Vertx vertx, BusNode busNode, @Nullable Membership membership, GatehouseConfig config, Progress progress) {
        if (membership == null) {
            return Future.succeededFuture();
        }
        Neighbours neighbours = new Neighbours(vertx, new Bus(vertx, busNode, -1));
        return config.runs(Role.STORE)
                ? neighbours.checkStores(config.store().kind())
                : progress.step(vertx, "Waiting for a node with the role store", neighbours::awaitStore);
    }

    private Future<Node> open(Progress progress) {
        return progress.step(vertx, "Starting the parts", this::deploy)
                .compose(deployed -> progress.step(vertx, "Opening the management listener", this::listen))
                .map(this);
    }

    private Future<Void> deploy() {
        int loops = config.server().eventLoopsOn(EventLoops.usual());
        AtomicInteger loop = new AtomicInteger();
        Preparation preparation = new Preparation(roles);
        ServerConfig server = config.server();
        return vertx.deployVerticle(
                        () -> new NodeVerticle(roles, busNode, loop.getAndIncrement(), preparation),
                        new DeploymentOptions().setInstances(loops))
                .recover(failure ->
                        Future.failedFuture(Listening.explain(failure, "server", server.host(), server.port())))
                .onSuccess(id -> deployment = id)
                .mapEmpty();
    }

    private Future<Void> listen() {
        ManagementConfig own = config.management();
        return management
                .listen()
                .recover(failure ->
                        Future.failedFuture(Listening.explain(failure, "management", own.host(), own.port())))
                .onSuccess(port -> managementPort = port)
                .mapEmpty();
    }

    /** Where it is reached; on a node without the gateway, where its health is told. */
    URI address() {
        int port = roles.port();
        return port < 0
                ? management()
                : url(config.server().scheme(), config.server().host(), port);
    }

    /** Where its health is told. */
    URI management() {
        return url("http", config.management().host(), managementPort);
    }

    private static URI url(String scheme, String host, int port) {
        return URI.create(
                scheme + "://" + (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port);
    }

    private Exposition metrics() {
        Exposition out = new Exposition();
        out.gauge("gatehouse_info", "1, with the version of this build.").add(1, "version", Version.ofBuild());
        roles.measure(out);
        busNode.measure(out);
        return out;
    }

    /** Requests are asked for by these routes from now on. */
    void reroute(List<RouteConfig> routes) {
        roles.reroute(routes);
    }

    /** Stops accepting, finishes what is in flight, commits; a member lets others turn away from it first. */
    Future<Void> stop(Ending ending) {
        readiness.stop();
        return ending.of("requests of other members", this::drain)
                .eventually(() -> ending.of("requests in flight", this::undeploy))
                .eventually(() -> ending.of("store", roles::close))
                .eventually(() -> ending.of("management listener", management::close));
    }

    private Future<Void> undeploy() {
        return deployment.isEmpty() ? Future.succeededFuture() : vertx.undeploy(deployment);
    }

    private Future<Void> drain() {
        Membership left = membership;
        if (left == null || deployment.isEmpty()) {
            return Future.succeededFuture();
        }
        Duration drain = config.cluster().drain();
        return left.withdraw()
                .eventually(() -> vertx.timer(drain.toMillis(), TimeUnit.MILLISECONDS))
                .mapEmpty();
    }
}
