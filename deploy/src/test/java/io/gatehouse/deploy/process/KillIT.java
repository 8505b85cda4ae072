package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** What was answered with 200 is true after a kill -9, however busy the node was. */
class KillIT {
    private static final int CLIENTS = 16;
    private static final int ANSWERS_BEFORE_THE_KILL = 400;

    @TempDir
    private Path folder;

    @RepeatedTest(3)
    void everyAcknowledgedAnswerHolds() throws Exception {
        List<RotatingClient> clients = new ArrayList<>();
        AtomicInteger answers = new AtomicInteger();
        try (RunningNode node = start();
                ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                RotatingClient client = new RotatingClient(new Caller(node.address()), answers);
                clients.add(client);
                running.add(threads.submit(client));
            }
            while (answers.get() < ANSWERS_BEFORE_THE_KILL) {
                assertThat(running).noneMatch(Future::isDone);
                Thread.sleep(5);
            }
            node.child().kill();
            for (Future<?> client : running) {
                client.get();
            }
        }
        try (RunningNode node = start()) {
            Caller caller = new Caller(node.address());
            for (RotatingClient client : clients) {
                client.check(caller);
            }
        }
    }

    private RunningNode start() throws Exception {
        Map<String, String> environment = new HashMap<>();
        for (String limit : List.of(
                "LOGIN_FAILURES_PER_ACCOUNT_AND_ADDRESS",
                "LOGIN_FAILURES_PER_ACCOUNT",
                "LOGIN_ATTEMPTS_PER_ADDRESS",
                "REFRESH_ATTEMPTS_PER_ADDRESS")) {
            environment.put("GATEHOUSE_LIMITS_" + limit, "off");
        }
        environment.put("GATEHOUSE_LIMITS_PASSWORD_HASHING_QUEUE", "100");
        environment.put("GATEHOUSE_LOG_LEVEL", "info");
        // an exchange whose answer was lost in the kill is repeated after the restart, however long that takes here
        environment.put("GATEHOUSE_TOKENS_REFRESH_REPLAY_WINDOW", "PT1M");
        return RunningNode.start("kill", folder, environment, "--demo");
    }
}
