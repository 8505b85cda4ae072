package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes of each kind: they know of each other's revocations, stand in for each other, and are replaced one by one. */
class ClusterRollingIT {
    private static final List<String> GATEWAYS = List.of("gateway-a", "gateway-b");

    @TempDir
    private Path folder;

    private Cluster cluster() throws Exception {
        return Cluster.onPostgres(
                        folder,
                        "gateway-a:gateway",
                        "gateway-b:gateway",
                        "back-a:token,store",
                        "back-b:token,store",
                        "back-c:token,store")
                .start("back-a", "back-b", "gateway-a", "gateway-b");
    }

    @Test
    void whatOneGatewayRevokesTheOtherRefuses() throws Exception {
        try (Cluster cluster = cluster();
                Balanced clients = new Balanced(cluster)) {
            clients.awaitMore(100);
            Caller a = cluster.caller("gateway-a");
            Caller b = cluster.caller("gateway-b");
            Delays delays = new Delays();
            while (delays.count() < Busy.revocations()) {
                String token = Tokens.of(new Patience().granted(() -> a.clientCredentials(Caller.DEMO_CLIENT)))
                        .access();
                assertThat(b.isActive(Caller.DEMO_CLIENT, token)).isTrue();
                new Patience().granted(() -> a.revoke(Caller.DEMO_CLIENT, token));
                long revoked = System.nanoTime();
                Eventually.isTrue("refused", () -> !b.isActive(Caller.DEMO_CLIENT, token));
                delays.add(System.nanoTime() - revoked);
            }
            Busy.tell("from a revocation's answer until another gateway refuses: " + delays);
            clients.finish();
        }
    }

    /** Nor does one more that comes, and goes. */
    @Test
    void aRollingRestartFailsNobody() throws Exception {
        try (Cluster cluster = cluster();
                Balanced clients = new Balanced(cluster)) {
            clients.awaitMore(100);
            cluster.start("back-c");
            for (String name : List.of("back-a", "back-b", "gateway-a", "gateway-b")) {
                clients.withdraw(name);
                assertThat(cluster.node(name).stop()).as("exit code of " + name).isZero();
                clients.awaitMore(50);
                cluster.start(name);
                clients.admit(name);
                clients.awaitMore(50);
            }
            assertThat(cluster.node("back-c").stop())
                    .as("exit code of one more")
                    .isZero();
            clients.awaitMore(50);
            clients.finish();
        }
    }

    /** A node that hangs is left out after a while. */
    @Test
    void aNodeMayHang() throws Exception {
        try (Cluster cluster = cluster()) {
            Caller caller = cluster.caller("gateway-a");
            cluster.node("back-a").child().freeze();
            inARow(caller);
        }
    }

    private static void inARow(Caller caller) throws Exception {
        int[] granted = {0};
        Eventually.isTrueAtLast("ten in a row", () -> {
            HttpResponse<String> response = caller.clientCredentials(Caller.DEMO_CLIENT);
            assertThat(response.statusCode()).as(response.body()).isIn(200, 503);
            granted[0] = response.statusCode() == 200 ? granted[0] + 1 : 0;
            return granted[0] == 10;
        });
    }

    /** Clients behind a balancer that was told which gateways are up; nothing may fail. */
    private static final class Balanced implements AutoCloseable {
        private final Map<String, Caller> up = new ConcurrentHashMap<>();
        private final Cluster cluster;
        private final Patience patience = new Patience();
        private final ExecutorService threads = Executors.newFixedThreadPool(4);
        private final List<Future<?>> running;
        private volatile boolean over;

        Balanced(Cluster cluster) {
            this.cluster = cluster;
            GATEWAYS.forEach(this::admit);
            this.running = List.of(submit(0), submit(1), submit(2), submit(3));
        }

        private Future<?> submit(int number) {
            return threads.submit(() -> {
                for (int i = number; !over; i++) {
                    List<Caller> callers = List.copyOf(up.values());
                    work(callers.get(i % callers.size()));
                }
                return null;
            });
        }

        private void work(Caller caller) throws Exception {
            HttpResponse<String> response = caller.clientCredentials(Caller.DEMO_CLIENT);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            patience.granted(() -> response);
        }

        void admit(String name) {
            if (GATEWAYS.contains(name)) {
                up.put(name, cluster.caller(name));
            }
        }

        void withdraw(String name) {
            up.remove(name);
        }

        void awaitMore(int more) throws Exception {
            int enough = patience.answers() + more;
            while (patience.answers() < enough) {
                for (Future<?> one : running) {
                    if (one.isDone()) {
                        one.get();
                    }
                }
                Thread.sleep(5);
            }
        }

        void finish() throws Exception {
            over = true;
            for (Future<?> one : running) {
                one.get(60, TimeUnit.SECONDS);
            }
        }

        @Override
        public void close() {
            threads.shutdownNow();
        }
    }
}
