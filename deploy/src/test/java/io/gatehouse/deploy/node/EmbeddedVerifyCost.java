package io.gatehouse.deploy.node;

import io.gatehouse.common.client.Application;
import io.gatehouse.common.client.Gatehouse;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Measures what it costs an application on the same Vert.x to verify a token that it has seen before: CPU time of one thread,
 * so that other load on the machine counts little. To be run by hand.
 */
public final class EmbeddedVerifyCost {
    private static final int ROUNDS = 5;
    private static final int TOKENS = 64;
    private static final int PER_ROUND = 2_000_000;
    private static final String SECRET = "orders-secret-0123456789abcdef0123456789";

    private EmbeddedVerifyCost() {}

    /** Prints nanoseconds of CPU per verification, and how many a core does in a second. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("gatehouse-verify");
        Path config = Files.writeString(folder.resolve("node.yaml"), """
                server: {port: 0}
                management: {port: 0}
                store: {path: %s}
                applications: [{id: orders, secret: %s, operations: [verify, issue]}]
                """.formatted(folder.resolve("data"), SECRET));
        AtomicReference<Vertx> vertx = new AtomicReference<>();
        try (NodeProcess node = NodeProcess.start(new StartRequest(true, config, Map.of()), System.err, loops -> {
            vertx.set(EventLoops.open(loops));
            return vertx.get();
        })) {
            Application orders = Application.of("orders", SECRET, node.address().toString());
            measure(Gatehouse.connect(vertx.get(), orders).await());
            node.stop();
        }
    }

    private static void measure(Gatehouse gatehouse) {
        String[] tokens = new String[TOKENS];
        for (int i = 0; i < TOKENS; i++) {
            tokens[i] = gatehouse
                    .issue(Map.of(
                            "grant_type", "client_credentials",
                            "client_id", "demo",
                            "client_secret", "demo-secret-0123456789abcdef0123456789",
                            "scope", "api"))
                    .await()
                    .getString("access_token");
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (int round = 1; round <= ROUNDS; round++) {
            long before = threads.getCurrentThreadCpuTime();
            int right = 0;
            for (int i = 0; i < PER_ROUND; i++) {
                // A copy, as each request brings one: its hash is not known yet.
                String shown = new String(tokens[i % TOKENS].toCharArray());
                right += gatehouse.verify(shown).succeeded() ? 1 : 0;
            }
            double nanos = (threads.getCurrentThreadCpuTime() - before) / (double) PER_ROUND;
            System.out.printf(
                    "round %d: %d of %d, %.0f ns each, %.0f a second and core%n",
                    round, right, PER_ROUND, nanos, 1e9 / nanos);
        }
    }
}
