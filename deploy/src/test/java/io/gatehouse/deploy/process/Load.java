package io.gatehouse.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sixteen clients that don't leave a node in peace. */
final class Load implements AutoCloseable {
    private static final int ROTATING = 12;
    private static final int WITH_CODES = 4;

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Patience patience = new Patience();
    private final List<LoadClient> clients = new ArrayList<>();
    private final List<Future<?>> running = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(ROTATING + WITH_CODES);
    private volatile boolean over;

    Load(RunningNode node) {
        for (int i = 0; i < ROTATING; i++) {
            clients.add(new RotatingClient(new Caller(node.address()), patience));
        }
        for (int i = 0; i < WITH_CODES; i++) {
            clients.add(new CodeClient(new Caller(node.address()), patience));
        }
        for (LoadClient client : clients) {
            running.add(threads.submit(() -> {
                while (!over) {
                    client.work();
                }
                return null;
            }));
        }
    }

    /** Waits until so many more requests were granted. */
    void awaitAnswers(int more) throws InterruptedException {
        int enough = patience.answers() + more;
        while (patience.answers() < enough) {
            assertThat(running).noneMatch(Future::isDone);
            Thread.sleep(5);
        }
    }

    /** Whatever the clients began, they finish. */
    void finish() throws Exception {
        over = true;
        for (Future<?> client : running) {
            client.get();
        }
    }

    /** The node was killed: all that clients may fail by is that it is gone. */
    void finishWithoutNode() throws Exception {
        for (Future<?> client : running) {
            assertThat(client)
                    .failsWithin(LONGEST)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(IOException.class);
        }
    }

    /** Holds a node to every answer that was given. */
    void check(RunningNode node) throws IOException, InterruptedException {
        Caller caller = new Caller(node.address());
        for (LoadClient client : clients) {
            client.check(caller);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
