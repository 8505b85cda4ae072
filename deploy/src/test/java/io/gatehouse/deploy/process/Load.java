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

/** Clients that don't leave a node in peace. */
final class Load implements AutoCloseable {
    private static final int ROTATING = 12;
    private static final int WITH_CODES = 4;

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Patience patience;
    private final List<LoadClient> clients;
    private final List<Future<?>> running = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean over;

    private Load(Patience patience, List<LoadClient> clients) {
        this.patience = patience;
        this.clients = clients;
        for (LoadClient client : clients) {
            running.add(threads.submit(() -> {
                while (!over) {
                    client.work();
                }
                return null;
            }));
        }
    }

    /** Sixteen of them. */
    static Load on(RunningNode node) {
        Patience patience = new Patience();
        List<LoadClient> clients = new ArrayList<>();
        for (int i = 0; i < ROTATING; i++) {
            clients.add(new RotatingClient(new Caller(node.address()), patience));
        }
        for (int i = 0; i < WITH_CODES; i++) {
            clients.add(new CodeClient(new Caller(node.address()), patience));
        }
        return new Load(patience, clients);
    }

    /** One of each kind at two gateways, or twice at one; they go on while it is gone. */
    static Load on(Caller one, Caller other) {
        Patience patience = Patience.endless();
        return new Load(
                patience,
                List.of(
                        new RotatingClient(one, patience),
                        new RotatingClient(other, patience),
                        new CodeClient(one, patience),
                        new RacingClient(one, other, patience),
                        new RevokingClient(one, other, patience)));
    }

    /** The same, and who takes no refusal, where gateways come and go. */
    static Load through(Balancer balancer, String gateway, String other) {
        Patience patience = Patience.leisurely();
        Caller one = balancer.preferring(gateway);
        Caller two = balancer.preferring(other);
        return new Load(
                patience,
                List.of(
                        new ExactingClient(balancer.inTurn(), patience),
                        new RotatingClient(balancer.inTurn(), patience),
                        new CodeClient(balancer.inTurn(), patience),
                        new RacingClient(one, two, patience),
                        new RevokingClient(one, two, patience),
                        new RevokingClient(two, one, patience)));
    }

    /** Waits until so many more requests were granted. */
    void awaitAnswers(int more) throws Exception {
        int enough = patience.answers() + more;
        while (patience.answers() < enough) {
            for (Future<?> client : running) {
                if (client.isDone()) {
                    client.get();
                }
                assertThat(client).as("a client that goes on").isNotDone();
            }
            Thread.sleep(5);
        }
    }

    /** What they were told. */
    Patience told() {
        return patience;
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
        check(new Caller(node.address()));
    }

    void check(Caller caller) throws IOException, InterruptedException {
        Caller sure = caller.insisting();
        for (LoadClient client : clients) {
            client.check(sure);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
