package io.gatehouse.deploy.process;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was answered with 200 is true after a kill -9 of the node, however busy it was and wherever it keeps its data. */
class KillIT {
    @TempDir
    private Path folder;

    private interface Start {
        RunningNode node() throws Exception;
    }

    @Test
    void embedded() throws Exception {
        killOften(() -> RunningNode.start("kill", folder, Busy.ENVIRONMENT, "--demo"));
    }

    @Test
    void onPostgres() throws Exception {
        try (Servers servers = Servers.postgres(folder)) {
            killOften(() -> servers.node("kill-postgres"));
        }
    }

    @Test
    void onPostgresAndRedis() throws Exception {
        try (Servers servers = Servers.postgresAndRedis(folder)) {
            killOften(() -> servers.node("kill-redis"));
        }
    }

    private static void killOften(Start start) throws Exception {
        for (int round = 1; round <= Busy.rounds(); round++) {
            killUnderLoad(start);
            Busy.tell(round, "node killed");
        }
    }

    private static void killUnderLoad(Start start) throws Exception {
        RunningNode killed = start.node();
        try (killed;
                Load load = Load.on(killed)) {
            load.awaitAnswers(Busy.ANSWERS);
            killed.child().kill();
            load.finishWithoutNode();
            try (RunningNode node = start.node()) {
                load.check(node);
            }
        }
    }
}
