package io.gatehouse.store.pg;

import io.gatehouse.common.config.PostgresUri;
import io.gatehouse.common.config.StoreConfig;
import io.gatehouse.store.Answer;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of this process to its PostgreSQL database, shared by all its event loops. A statement goes to the
 * connection with the fewest under way, of the own loop where it can, behind them without waiting for their answers.
 *
 * <p>The driver's own pool would hand out a connection that no longer answers again and again: it can't be told to drop
 * one.
 */
final class Database {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /** The server gives up first, so that a statement that waits for a lock doesn't look like a dead server. */
    static final Duration STATEMENT_LIMIT = Duration.ofMillis(1200);

    /** Well below the 2 s of {@link io.gatehouse.common.message.Request#timeout}: who asked should hear of it. */
    static final Duration LIMIT = Duration.ofMillis(1500);

    private final Vertx vertx;
    private volatile Connector connector;
    private final PostgresUri place;
    private final int queue;
    private final Function<Link, Future<Void>> greeting;
    private final Lines lines;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean reachable = new AtomicBoolean();
    private final Promise<Void> drained = Promise.promise();
    private volatile boolean closed;

    private Database(
            Vertx vertx,
            Connector connector,
            PostgresUri place,
            StoreConfig config,
            Function<Link, Future<Void>> greeting) {
        this.vertx = vertx;
        this.connector = connector;
        this.place = place;
        this.queue = config.queue();
        this.greeting = greeting;
        this.lines = new Lines(vertx, config.poolSize(), this::connect);
    }

    /**
     * Connects once, to see whether it can; the rest follows when it is needed. Doesn't look at the schema:
     * {@link Migrations} come first.
     *
     * @return fails with {@link io.gatehouse.store.UnusableStore}
     */
    static Future<Database> open(Vertx vertx, StoreConfig config) {
        return open(vertx, config, false, link -> Future.succeededFuture());
    }

    /**
     * @param planOnce see {@link Connector#planningOnce}
     * @param greeting what every connection does first; one where that fails isn't used
     */
    static Future<Database> open(
            Vertx vertx, StoreConfig config, boolean planOnce, Function<Link, Future<Void>> greeting) {
        PostgresUri uri = config.postgres();
        if (uri.exposed()) {
            LOG.warn(
                    "The connection to the database {} is not encrypted: append ?sslmode=verify-full&sslrootcert=FILE to"
                            + " store.uri",
                    uri.place());
        }
        return Connector.to(uri, vertx)
                .map(connector -> connector.limitingStatements(STATEMENT_LIMIT))
                .map(connector -> planOnce ? connector.planningOnce() : connector)
                .map(connector -> new Database(vertx, connector, uri, config, greeting))
                .compose(database -> database.lines.first().link().map(opened -> database.started()))
                .recover(cause -> Future.failedFuture(StartFaults.explain(cause, uri)));
    }

    /**
     * Runs one statement, prepared and cached by its text. Deadlocks, serialization failures and outdated plans are
     * tried once more.
     *
     * @return on the caller's context; fails with {@code Unavailable} where the server is gone, silent or refuses work,
     *     where too many wait, and for a statement that takes longer than {@link #STATEMENT_LIMIT} (it may have been
     *     done all the same when the connection broke); with {@link io.vertx.pgclient.PgException} for what the
     *     statement itself is to blame for, a violated constraint say
     */
    Future<RowSet<Row>> run(String sql, Tuple arguments) {
        Answer<RowSet<Row>> answer = Answer.toCaller(vertx);
        boolean full = waiting.incrementAndGet() > queue;
        // Looked at after the count: either this sees the end, or the end sees the count.
        if (full || closed) {
            left();
            return Future.failedFuture(Faults.unavailable());
        }
        attempt(sql, arguments)
                .onComplete(done -> left())
                .timeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(done -> answer.complete(told(done)));
        return answer.future();
    }

    /** From now on somebody waits for each connection. */
    private Database started() {
        connector = connector.quick();
        return this;
    }

    /** Whether the server answers; on the caller's context, fails like {@link #run}. */
    Future<Void> ping() {
        return run("SELECT 1", Tuple.tuple()).mapEmpty();
    }

    /** Statements that were not answered yet. */
    int waiting() {
        return waiting.get();
    }

    /** Turns new statements away, waits for the others, at most as long as those may take, and says goodbye. */
    Future<Void> close() {
        closed = true;
        if (waiting.get() == 0) {
            drained.tryComplete();
        }
        return drained.future()
                .timeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .otherwiseEmpty()
                .compose(ready -> lines.close());
    }

    private Future<RowSet<Row>> attempt(String sql, Tuple arguments) {
        return lines.idlest()
                .run(sql, arguments)
                .recover(cause -> Faults.deserveAnotherTry(cause)
                        ? lines.idlest().run(sql, arguments)
                        : Future.failedFuture(cause));
    }

    private void left() {
        if (waiting.decrementAndGet() == 0 && closed) {
            drained.tryComplete();
        }
    }

    private Future<RowSet<Row>> told(AsyncResult<RowSet<Row>> outcome) {
        if (outcome.succeeded()) {
            return Future.succeededFuture(outcome.result());
        }
        if (outcome.cause() instanceof TimeoutException) {
            lines.severIfSilent(LIMIT);
        }
        return Future.failedFuture(Faults.toCaller(outcome.cause()));
    }

    private Future<Link> connect(Context home) {
        return connector.connect(home).compose(this::greeted).onComplete(opened -> {
            if (opened.failed() && reachable.compareAndSet(true, false)) {
                LOG.warn("The database {} can't be used: {}", place.place(), Faults.reason(opened.cause()));
            } else if (opened.succeeded() && reachable.compareAndSet(false, true)) {
                LOG.info("The database {} can be used", place.place());
            }
        });
    }

    private Future<Link> greeted(Link link) {
        return greeting.apply(link)
                .timeout(connector.limit().toMillis(), TimeUnit.MILLISECONDS)
                .map(link)
                .onFailure(cause -> link.sever());
    }
}
