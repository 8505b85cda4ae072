package io.gatehouse.deploy.cluster;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.config.ClusterConfig;
import io.gatehouse.common.config.Role;
import io.gatehouse.common.message.PartHealth;
import io.gatehouse.common.message.StoreHealth;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Members whose configuration names one of the others only, and not the one that lets members in. */
@Timeout(240)
class FewKnownMembersTest {
    @TempDir
    private Path folder;

    private Member first;
    private Member second;
    private Member third;
    private int firstPort;
    private int secondPort;

    /** The first is the coordinator. */
    @BeforeEach
    void start() throws Exception {
        firstPort = Member.freePort();
        secondPort = Member.freePort();
        first = member("first", firstPort, firstPort);
        second = member("second", secondPort, firstPort);
    }

    @AfterEach
    void stop() {
        third.close();
        second.close();
        first.close();
    }

    private Member member(String name, int port, int known) throws Exception {
        ClusterConfig config =
                Member.config(port, 0, List.of(known), Member.certificate(folder, name, Role.STORE, Role.GATEWAY));
        return Member.join(config, Role.STORE, Role.GATEWAY);
    }

    private static void serve(Member member, String name) {
        new Bus(member.vertx, member.node, 0)
                .serve(
                        StoreHealth.class,
                        StoreHealth.ADDRESS,
                        check -> Future.succeededFuture(new PartHealth(true, Map.of("name", name))))
                .await();
    }

    private static boolean isAnsweredBy(Member asking, String name) {
        return new Bus(asking.vertx, asking.node, 0)
                .ask(new StoreHealth.Check())
                .map(told -> name.equals(told.details().get("name")))
                .otherwise(false)
                .await();
    }

    @Test
    void anyOfThemLeadsToTheCoordinatorAndTheOthers() throws Exception {
        third = member("third", Member.freePort(), secondPort);
        serve(third, "third");
        Eventually.isTrue(() -> isAnsweredBy(first, "third") && isAnsweredBy(second, "third"));
    }
}
