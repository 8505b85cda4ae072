package io.gatehouse.store.pg;

import io.gatehouse.common.limit.Gcra;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes room for the days to come and removes what has expired, in rounds of short statements. Nothing depends on it
 * but the size of the database. Of several nodes one works at a time; the others find nothing to do.
 */
final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int BATCH = 500;
    private static final int MOST_BATCHES = 1_000;
    private static final long MOST_LIMITS = 1_000_000;
    /** Clocks of nodes differ. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final String SERVER_TIME = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint";
    private static final String DENIALS = "SELECT sweep_denials_1($1, $2)";
    private static final String LOGOUTS = "SELECT sweep_logouts_1($1, $2)";
    private static final String PUSHED_REQUESTS = "SELECT sweep_pushed_requests_1($1, $2)";
    private static final String REGISTRATIONS = "SELECT sweep_registrations_1($1, $2)";
    private static final String LIMITS = "SELECT sweep_limits_1($1, $2, $3)";

    private final Vertx vertx;
    private final Statements.Server server;
    private final Partitions partitions;
    private final Clock clock;
    private final Clock machine;
    private volatile boolean stopped;
    private volatile long timer = -1;

    Sweep(Vertx vertx, Statements.Server server, Partitions partitions, Clock clock) {
        this(vertx, server, partitions, clock, Clock.systemUTC());
    }

    /** @param machine what this machine believes, whatever {@code clock} decides */
    Sweep(Vertx vertx, Statements.Server server, Partitions partitions, Clock clock, Clock machine) {
        this.machine = machine;
        this.vertx = vertx;
        this.server = server;
        this.partitions = partitions;
        this.clock = clock;
    }

    void start() {
        if (!stopped) {
            timer = vertx.setTimer(
                    PAUSE.toMillis(),
                    due -> round().onComplete(done -> {
                        if (done.failed() && !stopped) {
                            LOG.warn(
                                    "Sweeping goes on in {} s: {}",
                                    PAUSE.toSeconds(),
                                    done.cause().getMessage());
                        }
                        start();
                    }));
        }
    }

    void stop() {
        stopped = true;
        vertx.cancelTimer(timer);
    }

    /** Once through everything; what may have to be tried again comes last. */
    Future<Void> round() {
        return partitions
                .makeAhead()
                .compose(made -> clocksAgree())
                .compose(agree -> agree ? remove() : Future.succeededFuture());
    }

    private Future<Void> remove() {
        return batches(this::denials, MOST_BATCHES)
                .compose(swept -> batches(this::logouts, MOST_BATCHES))
                .compose(swept -> batches(this::pushedRequests, MOST_BATCHES))
                .compose(swept -> batches(this::registrations, MOST_BATCHES))
                .compose(swept -> batches(this::limits, MOST_BATCHES))
                .compose(swept -> drop(MOST_BATCHES));
    }

    /** Where this clock is wrong, what it calls expired may be everybody's live grants. */
    private Future<Boolean> clocksAgree() {
        return server.run(SERVER_TIME, Tuple.tuple()).map(rows -> {
            Instant theirs = Instant.ofEpochMilli(rows.iterator().next().getLong(0));
            Duration apart = Duration.between(theirs, machine.instant());
            if (apart.abs().compareTo(SKEW) > 0) {
                LOG.warn(
                        "Nothing is swept: the clock of this machine is {} s off the database's: let both follow a time server",
                        apart.toSeconds());
                return false;
            }
            return true;
        });
    }

    private Future<Void> drop(int left) {
        return partitions
                .dropOne()
                .compose(dropped -> dropped && left > 1 && !stopped ? drop(left - 1) : Future.succeededFuture());
    }

    private interface Batch {
        /** How many rows it removed. */
        Future<Integer> run();
    }

    private Future<Void> batches(Batch batch, int left) {
        return batch.run()
                .compose(removed ->
                        removed >= BATCH && left > 1 && !stopped ? batches(batch, left - 1) : Future.succeededFuture());
    }

    private Future<Integer> denials() {
        return number(DENIALS, Tuple.of(Nanos.of(clock.instant().minus(SKEW)), BATCH));
    }

    private Future<Integer> logouts() {
        return number(LOGOUTS, Tuple.of(Nanos.of(clock.instant().minus(SKEW)), BATCH));
    }

    private Future<Integer> pushedRequests() {
        return number(PUSHED_REQUESTS, Tuple.of(Nanos.of(clock.instant().minus(SKEW)), BATCH));
    }

    private Future<Integer> registrations() {
        return number(REGISTRATIONS, Tuple.of(Nanos.of(clock.instant().minus(SKEW)), BATCH));
    }

    private Future<Integer> limits() {
        return number(LIMITS, Tuple.of(Gcra.micros(clock.instant().minus(SKEW)), MOST_LIMITS, BATCH));
    }

    private Future<Integer> number(String sql, Tuple arguments) {
        return server.run(sql, arguments).map(rows -> rows.iterator().next().getInteger(0));
    }
}
