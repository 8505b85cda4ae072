package io.gatehouse.deploy.node;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of parts, one after the other: one that hangs is named and left behind, so that the process ends all the same. */
final class Ending {
    private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

    private volatile String part = "nothing yet";

    /**
     * One part's end, which begins now.
     *
     * @param name as operators call it
     */
    Future<Void> of(String name, Supplier<Future<Void>> end) {
        part = name;
        return end.get();
    }

    /**
     * The end of a part that blocks: nobody can call it back, so that it has a thread of its own, for which the process does
     * not wait.
     */
    Future<Void> ofBlocking(String name, Runnable end) {
        part = name;
        Promise<Void> done = Promise.promise();
        Thread.ofPlatform().daemon().name("ending").start(() -> {
            try {
                end.run();
                done.complete();
            } catch (Throwable failure) {
                done.fail(failure);
            }
        });
        return done.future();
    }

    /**
     * Blocks until the end has come, or for as long as it may take; throws why a part failed.
     *
     * @return false: a part was given up
     */
    boolean await(Future<Void> end, Duration longest) {
        try {
            end.await(longest.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException late) {
            LOG.atError()
                    .addKeyValue("part", part)
                    .addKeyValue("seconds", longest.toSeconds())
                    .log("stopping took too long: this part was given up");
            return false;
        }
    }
}
