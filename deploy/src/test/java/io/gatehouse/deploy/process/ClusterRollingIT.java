package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes of each kind: they know of each other's revocations, stand in for each other, and are replaced one by one. */
class ClusterRollingIT {
    private static final String ONE = "gateway-a";
    private static final String OTHER = "gateway-b";
    private static final List<String> GATEWAYS = List.of(ONE, OTHER);
    private static final int ANSWERS = 60;

    @TempDir
    private Path folder;

    private final Balancer balancer = new Balancer();

    private Cluster cluster() throws Exception {
        return Cluster.onPostgres(
                folder,
                "gateway-a:gateway",
                "gateway-b:gateway",
                "back-a:token,store",
                "back-b:token,store",
                "back-c:token,store");
    }

    private void start(Cluster cluster) throws Exception {
        cluster.start("back-a", "back-b", ONE, OTHER);
        GATEWAYS.forEach(gateway -> balancer.admit(gateway, cluster.node(gateway)));
    }

    private Load load() {
        return Load.through(balancer, ONE, OTHER);
    }

    private static void whatOneGatewayRevokesTheOtherRefuses(Cluster cluster) throws Exception {
        Caller a = cluster.caller(ONE);
        Caller b = cluster.caller(OTHER);
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
    }

    /**
     * The nodes are of the build before, and give way to those of this one; for a while there are both. No connection
     * is lost, no token refused to who asks for one, nothing forgotten that was answered, and what counts once does so for
     * both. One more comes, and goes. Starting so many takes long, so the cluster that came of it shows more.
     */
    @Test
    void aRollingUpgradeFailsNobody() throws Exception {
        Path previous = PreviousBuild.jar();
        try (Cluster cluster = cluster().from(previous).tellingTokenNodes(KeyOrders.ONLY_BY_ACKNOWLEDGEMENT)) {
            start(cluster);
            try (JoinedApplication application = JoinedApplication.of(cluster);
                    Load load = load()) {
                load.awaitAnswers(ANSWERS);
                application.check(
                        cluster.caller(ONE).insisting(), cluster.caller(OTHER).insisting());
                cluster.from(Artefacts.jar()).start("back-c");
                load.awaitAnswers(ANSWERS);
                upgrade(cluster, load, "back-a", ONE);
                theyWorkTogether(cluster, application);
                upgrade(cluster, load, "back-b", OTHER);
                stop(cluster, "back-c");
                load.awaitAnswers(ANSWERS);
                whatOneGatewayRevokesTheOtherRefuses(cluster);
                load.finish();
                load.check(cluster.caller(OTHER));
                System.out.println("measured a rolling upgrade: " + load.told().failures());
            }
            aNodeMayHang(cluster);
        }
    }

    private void upgrade(Cluster cluster, Load load, String... names) throws Exception {
        for (String name : names) {
            balancer.withdraw(name);
            stop(cluster, name);
            load.awaitAnswers(ANSWERS);
            cluster.start(name);
            if (GATEWAYS.contains(name)) {
                balancer.admit(name, cluster.node(name));
            }
            load.awaitAnswers(ANSWERS);
        }
    }

    private static void stop(Cluster cluster, String name) throws Exception {
        assertThat(cluster.node(name).stop()).as("exit code of " + name).isZero();
    }

    /** Of each kind one node of this build and one of the build before. */
    private static void theyWorkTogether(Cluster cluster, JoinedApplication application) throws Exception {
        TwoGateways gateways = new TwoGateways(
                cluster.caller(ONE).insisting(), cluster.caller(OTHER).insisting());
        gateways.check();
        application.check(gateways.one(), gateways.other());
        application.check(gateways.other(), gateways.one());
        for (String name : List.of("back-a", "back-b")) {
            gateways.checkSignedBy(new KeyOrders(cluster.node(name)).rotate());
        }
    }

    /** It is left out after a while. */
    private static void aNodeMayHang(Cluster cluster) throws Exception {
        cluster.node("back-a").child().freeze();
        inARow(cluster.caller(ONE));
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
}
