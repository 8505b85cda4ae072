package io.gatehouse.deploy.process;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process for each role: what clients see of it when one of them is killed or hangs while they are busy. */
class ClusterRolesIT {
    private static final int ANSWERS = 60;

    @TempDir
    private static Path folder;

    private static Cluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = Cluster.embedded(folder, "gateway:gateway", "token:token", "store:store");
        cluster.start("store", "token", "gateway");
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void gatewayKilled() throws Exception {
        killOften("gateway");
    }

    @Test
    void tokenKilled() throws Exception {
        killOften("token");
    }

    @Test
    void storeKilled() throws Exception {
        killOften("store");
    }

    private static void killOften(String name) throws Exception {
        for (int round = 1; round <= Busy.kills(); round++) {
            try (Load load = load()) {
                load.awaitAnswers(ANSWERS);
                cluster.node(name).child().kill();
                if (!name.equals("gateway")) {
                    assertMissed(name);
                }
                cluster.start(name);
                checkAll(load);
                Busy.tell(round, name + " killed, " + load.told().failures());
            }
        }
    }

    /** What nobody else serves, and what it listens to itself. */
    @Test
    void serversFrozen() throws Exception {
        freeze("gateway", "store", "token");
    }

    @Test
    void gatewayFrozen() throws Exception {
        freeze("token", "gateway");
    }

    /** Until the others have left them out; once they go on they belong to them again, without a restart. */
    private static void freeze(String observer, String... names) throws Exception {
        try (Load load = load()) {
            load.awaitAnswers(ANSWERS);
            for (String name : names) {
                cluster.node(name).child().freeze();
            }
            for (String name : names) {
                cluster.awaitMembership(observer, name, false);
            }
            for (String name : names) {
                cluster.node(name).child().thaw();
            }
            checkAll(load);
            Busy.tell(
                    1,
                    "frozen and thawed " + List.of(names) + ", " + load.told().failures());
        }
    }

    private static Load load() {
        Caller caller = cluster.caller("gateway");
        return Load.on(caller, caller);
    }

    private static void assertMissed(String part) throws Exception {
        Caller caller = cluster.caller("gateway");
        Eventually.isUnavailable(() -> caller.login("ada", "ada-demo-password"));
        Eventually.isTrue(part + " is missed", () -> {
            HttpResponse<String> told = cluster.node("gateway").ready();
            return told.statusCode() == 503
                    && new JsonObject(told.body()).getJsonArray("failing").contains(part);
        });
    }

    private static void checkAll(Load load) throws Exception {
        Eventually.isReadyAtLast(cluster.node("gateway"));
        load.awaitAnswers(ANSWERS);
        load.finish();
        load.check(cluster.caller("gateway"));
    }
}
