package io.gatehouse.deploy.node;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.bus.BusNode;
import io.gatehouse.common.config.GatehouseConfig;
import io.gatehouse.common.config.ManagementConfig;
import io.gatehouse.common.config.RouteConfig;
import io.gatehouse.common.config.ServerConfig;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.metric.Exposition;
import io.gatehouse.deploy.management.ManagementServer;
import io.gatehouse.deploy.management.Readiness;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A running node. It starts from the back to the front, listeners last, and stops from the front to the back, so that
 * whatever was accepted finds everything it needs.
 */
public final class Node {
    private final Vertx vertx;
    private final GatehouseConfig config;
    private final Roles roles;
    private final BusNode busNode = new BusNode(Entropy.bytes(8).base64Url());
    private final Readiness readiness;
    private final ManagementServer management;
    private String deployment = "";
    private int managementPort;

    private Node(Vertx vertx, GatehouseConfig config, Roles roles) {
        this.vertx = vertx;
        this.config = config;
        this.roles = roles;
        // asks from no loop in particular
        this.readiness = new Readiness(roles.health(new Bus(vertx, busNode, -1)));
        this.management = new ManagementServer(vertx, config.management(), readiness, this::metrics, Version.ofBuild());
    }

    /** Completes when the node serves; on failure everything that was opened is closed again. */
    static Future<Node> start(Vertx vertx, GatehouseConfig config, boolean demo, Progress progress) {
        Bus.register(vertx);
        return Roles.open(vertx, config, demo, progress).compose(roles -> {
            Node node = new Node(vertx, config, roles);
            return node.open(progress)
                    .recover(failure -> node.stop().transform(stopped -> Future.failedFuture(failure)));
        });
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
        return out;
    }

    /** Requests are asked for by these routes from now on. */
    void reroute(List<RouteConfig> routes) {
        roles.reroute(routes);
    }

    /** Stops accepting, finishes what is in flight, commits. */
    Future<Void> stop() {
        readiness.stop();
        Future<Void> verticles = deployment.isEmpty() ? Future.succeededFuture() : vertx.undeploy(deployment);
        return verticles.eventually(roles::close).eventually(management::close);
    }
}
