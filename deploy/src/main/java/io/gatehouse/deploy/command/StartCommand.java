package io.gatehouse.deploy.command;

import io.gatehouse.deploy.log.Logging;
import io.gatehouse.deploy.node.NodeProcess;
import io.gatehouse.deploy.node.Signals;
import io.gatehouse.deploy.node.StartFailures;
import io.gatehouse.deploy.node.StartRequest;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code gatehouse start}. */
public final class StartCommand implements Command {
    private static final String DEMO = "--demo";
    private static final String ROLE = "--role";
    private static final String CLUSTER = "--cluster";

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String summary() {
        return "starts a node and runs until it is told to stop";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.flag(DEMO, "with demo clients and users, for this machine only"),
                Option.CONFIG,
                new Option(ROLE, "ROLE,...", "runs only these of gateway, token, store"),
                Option.flag(CLUSTER, "as a member of the cluster that the configuration describes"));
    }

    @Override
    public int run(Arguments arguments, Console console) {
        StartRequest request = request(arguments);
        try (Signals signals = Signals.listen();
                NodeProcess process = NodeProcess.start(request, console.out())) {
            console.out().println("Gatehouse is ready on " + process.address());
            if (request.demo()) {
                DemoHints.print(process.address(), console.out());
            }
            signals.onHangup(() -> {
                Future<Void> unused = process.reload();
            });
            signals.awaitStop();
            return process.stop() ? 0 : 1;
        } catch (RuntimeException failure) {
            console.err().println("gatehouse: " + StartFailures.sentence(failure));
            return 1;
        } finally {
            Logging.close();
        }
    }

    private static StartRequest request(Arguments arguments) {
        if (arguments.has(DEMO) && arguments.has(ROLE)) {
            throw new UsageError(DEMO + " runs every role: leave out " + ROLE);
        }
        if (arguments.has(DEMO) && arguments.has(CLUSTER)) {
            throw new UsageError(DEMO + " is for one process: leave out " + CLUSTER);
        }
        Map<String, String> keys = new HashMap<>();
        if (arguments.has(CLUSTER)) {
            keys.put("cluster.enabled", "true");
        }
        arguments.value(ROLE).ifPresent(roles -> keys.put("roles", roles));
        return new StartRequest(
                arguments.has(DEMO), arguments.path(Option.CONFIG).orElse(null), keys);
    }
}
