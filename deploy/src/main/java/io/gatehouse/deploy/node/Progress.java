package io.gatehouse.deploy.node;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the person who waits what takes so long; in detail at level debug. */
public final class Progress {
    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final PrintStream out;
    private final Duration patience;

    /** @param out where the person reads */
    public Progress(PrintStream out) {
        this(out, PATIENCE);
    }

    /** @param patience how long somebody waits without a word */
    Progress(PrintStream out, Duration patience) {
        this.out = out;
        this.patience = patience;
    }

    /**
     * Does a step.
     *
     * @param name what it does, as the beginning of a line: {@code Opening the store}
     */
    public <T> Future<T> step(Vertx vertx, String name, Supplier<Future<T>> step) {
        long start = System.nanoTime();
        long timer = vertx.setTimer(patience.toMillis(), late -> out.println(name + " ..."));
        return step.get().onComplete(done -> {
            vertx.cancelTimer(timer);
            LOG.atDebug()
                    .addKeyValue("ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start))
                    .log(name);
        });
    }
}
