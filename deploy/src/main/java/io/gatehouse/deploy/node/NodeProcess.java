package io.gatehouse.deploy.node;

import io.gatehouse.common.config.ConfigLoader;
import io.gatehouse.common.config.ConfigSources;
import io.gatehouse.common.config.GatehouseConfig;
import io.gatehouse.common.config.Loaded;
import io.gatehouse.common.config.ServerConfig;
import io.gatehouse.deploy.cluster.Membership;
import io.gatehouse.deploy.log.Logging;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that is a node: reads the configuration, starts the node, stops it in time. */
public final class NodeProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);
    /** Ten seconds for requests, the rest for writing down what they did. */
    private static final int LONGEST_STOP_SECONDS = 15;

    private final Vertx vertx;
    private final @Nullable Membership membership;
    private final Node node;
    private final ConfigWatch watch;
    private final int longestStopSeconds;

    private NodeProcess(
            Vertx vertx, @Nullable Membership membership, Node node, ConfigWatch watch, int longestStopSeconds) {
        this.vertx = vertx;
        this.membership = membership;
        this.node = node;
        this.watch = watch;
        this.longestStopSeconds = longestStopSeconds;
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
            return new NodeProcess(vertx, membership, node, watch, longestStopSeconds(config));
        } catch (Throwable failure) {
            close(vertx, membership);
            throw failure;
        }
    }

    /** @param sources that gave it, whoever asks them again */
    private record Reading(ConfigSources sources, Loaded loaded) {}

    private static Membership join(Vertx vertx, GatehouseConfig config, PrintStream out) {
        out.println("Joining the cluster ...");
        return Membership.join(vertx, config.cluster(), config.roles());
    }

    private static int longestStopSeconds(GatehouseConfig config) {
        return LONGEST_STOP_SECONDS
                + (config.cluster().enabled()
                        ? Math.toIntExact(config.cluster().drain().toSeconds()) + 1
                        : 0);
    }

    private static void close(Vertx vertx, @Nullable Membership membership) {
        vertx.close().await();
        if (membership != null) {
            membership.leave();
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
        try {
            node.stop().await(longestStopSeconds, TimeUnit.SECONDS);
            LOG.info("stopped");
            return true;
        } catch (TimeoutException late) {
            LOG.error("stopping took too long: some requests were given up");
            return false;
        }
    }

    @Override
    public void close() {
        close(vertx, membership);
    }
}
