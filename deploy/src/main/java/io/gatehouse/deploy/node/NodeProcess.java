package io.gatehouse.deploy.node;

import io.gatehouse.common.config.ConfigLoader;
import io.gatehouse.common.config.ConfigSources;
import io.gatehouse.common.config.GatehouseConfig;
import io.gatehouse.common.config.Loaded;
import io.gatehouse.common.config.ServerConfig;
import io.gatehouse.deploy.cluster.Membership;
import io.gatehouse.deploy.log.Logging;
import io.gatehouse.token.CryptoProvider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that is a node: reads the configuration, starts the node, stops it in time. */
public final class NodeProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);
    /** Of one that did not come to serve. */
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(15);

    private final Vertx vertx;
    private final @Nullable Membership membership;
    private final Node node;
    private final ConfigWatch watch;
    private final Duration longestStop;

    private NodeProcess(
            Vertx vertx, @Nullable Membership membership, Node node, ConfigWatch watch, Duration longestStop) {
        this.vertx = vertx;
        this.membership = membership;
        this.node = node;
        this.watch = watch;
        this.longestStop = longestStop;
    }

    /**
     * Returns when the node serves. Blocks, and throws whatever kept it from starting.
     *
     * @param out for the person who waits
     */
    public static NodeProcess start(StartRequest request, PrintStream out) {
        return start(request, out, EventLoops::open);
    }

    /** @param open makes a Vert.x instance of so many event loops */
    static NodeProcess start(StartRequest request, PrintStream out, IntFunction<Vertx> open) {
        Progress progress = new Progress(out);
        Vertx vertx = open.apply(EventLoops.usual());
        Membership membership = null;
        try {
            Reading reading = load(request, vertx, progress);
            GatehouseConfig config = reading.loaded().config();
            int loops = config.server().eventLoopsOn(EventLoops.usual());
            if (config.cluster().enabled()) {
                membership = join(vertx, config, out);
                vertx.close().await();
                vertx = membership.open(EventLoops.builder(), EventLoops.options(loops));
            } else {
                vertx = resized(vertx, loops, open);
            }
            EventLoops.log(vertx, loops);
            Node node = Node.start(vertx, membership, config, request.demo(), progress)
                    .await();
            LOG.atInfo().addKeyValue("url", node.management()).log("health is told");
            ConfigWatch watch = new ConfigWatch(vertx, reading.sources(), config, node::reroute);
            watch.begin();
            return new NodeProcess(vertx, membership, node, watch, longestStop(config));
        } catch (Throwable failure) {
            close(vertx, membership, LONGEST_CLOSE);
            throw failure;
        }
    }

    /** @param sources that gave it, whoever asks them again */
    private record Reading(ConfigSources sources, Loaded loaded) {}

    private static Membership join(Vertx vertx, GatehouseConfig config, PrintStream out) {
        out.println("Joining the cluster ...");
        // Whatever its roles are: every member checks what the others tell all.
        CryptoProvider unused = CryptoProvider.install();
        return Membership.join(vertx, config.cluster(), config.roles());
    }

    private static Duration longestStop(GatehouseConfig config) {
        Duration alone = config.server().stopTimeout();
        return config.cluster().enabled() ? alone.plus(config.cluster().drain()).plusSeconds(1) : alone;
    }

    /** A Vert.x instance that hangs must not keep the others from being told that this member leaves. */
    private static void close(Vertx vertx, @Nullable Membership membership, Duration longest) {
        Ending ending = new Ending();
        boolean unused = ending.await(ending.of("event loops", vertx::close), longest);
        if (membership != null) {
            unused = ending.await(ending.ofBlocking("membership of the cluster", membership::leave), longest);
        }
    }

    private static Reading load(StartRequest request, Vertx vertx, Progress progress) {
        Reading reading = progress.step(vertx, "Reading the configuration", () -> read(request, vertx))
                .await();
        GatehouseConfig config = reading.loaded().config();
        Logging.apply(config.log());
        reading.loaded().warnings().forEach(LOG::warn);
        if (request.demo()) {
            DemoData.check(config);
        }
        UndatedAdministrator.check(config, request.demo());
        UnsignedSelector.check(config);
        return reading;
    }

    private static Future<Reading> read(StartRequest request, Vertx vertx) {
        String base = request.demo() ? DemoData.yaml() : "";
        ConfigSources asked = new ConfigSources(request.config(), base, request.keys());
        return read(asked, vertx).compose(reading -> {
            ServerConfig server = reading.loaded().config().server();
            if (server.port() != 0) {
                return Future.succeededFuture(reading);
            }
            Map<String, String> keys = new HashMap<>(request.keys());
            keys.put("server.port", String.valueOf(FreePort.on(server.host())));
            return read(new ConfigSources(request.config(), base, keys), vertx);
        });
    }

    private static Future<Reading> read(ConfigSources sources, Vertx vertx) {
        return new ConfigLoader(vertx).load(sources).map(loaded -> new Reading(sources, loaded));
    }

    // The number of event loops stands in the configuration, which takes an event loop to read.
    private static Vertx resized(Vertx vertx, int loops, IntFunction<Vertx> open) {
        if (loops == EventLoops.usual()) {
            return vertx;
        }
        vertx.close().await();
        return open.apply(loops);
    }

    /** Where it is reached. */
    public URI address() {
        return node.address();
    }

    /** Where its health is told. */
    public URI management() {
        return node.management();
    }

    /** Looks at once whether the configuration changed; completes when what it says of routes counts. */
    public Future<Void> reload() {
        return watch.look();
    }

    /** Stops gracefully; false if something was given up. */
    public boolean stop() {
        LOG.info("stopping: what is in flight is finished first");
        watch.end();
        Ending ending = new Ending();
        boolean whole = ending.await(node.stop(ending), longestStop);
        if (whole) {
            LOG.info("stopped");
        }
        return whole;
    }

    /** Gives back the threads, and leaves the cluster; what hangs is left behind. */
    @Override
    public void close() {
        close(vertx, membership, longestStop);
    }
}
