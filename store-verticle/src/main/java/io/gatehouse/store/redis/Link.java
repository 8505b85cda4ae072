package io.gatehouse.store.redis;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection of the process (in a cluster: one to each server), shared by all event loops: requests are sent
 * without waiting for the answers of earlier ones. Where it is lost, or hangs, it is dropped and made again; until then
 * requests fail at once.
 */
final class Link {
    /** Shorter than an asker on the bus waits, also for two answers in a row. */
    static final Duration ANSWER = Duration.ofMillis(600);

    /** From the first packet to the end of the greeting. */
    static final Duration CONNECT = Duration.ofSeconds(1);

    /** The same while nobody waits for an answer, on a machine that may be busy starting. */
    static final Duration AT_START = Duration.ofSeconds(10);

    private static final long PAUSE_MILLIS = 200;
    private static final long DRAINING_MILLIS = 5;
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);

    private final Vertx vertx;
    private final Connector connector;
    private final int queue;
    private final Function<Wire, Future<?>> greeting;
    private final Context context;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile @Nullable Line line;
    private volatile boolean closed;

    /** What scripts are sent over. */
    interface Wire {
        /** Null: the answer is nil. */
        Future<@Nullable Response> send(Request request);
    }

    private record Line(Redis client, RedisConnection connection) {}

    /**
     * @param queue requests that may be under way
     * @param greeting what every new connection says first; one where that fails isn't used
     */
    Link(Vertx vertx, Connector connector, int queue, Function<Wire, Future<?>> greeting) {
        this.vertx = vertx;
        this.connector = connector;
        this.queue = queue;
        this.greeting = greeting;
        this.context = vertx.getOrCreateContext();
    }

    /** Makes the first connection, once; fails with whatever the driver or the greeting says. */
    Future<Void> open() {
        return connect(AT_START).mapEmpty();
    }

    /**
     * Sends where there is a connection, and room.
     *
     * @return fails with {@code Unavailable}, or with an answer that names a defect or an unknown script
     */
    Future<@Nullable Response> send(Request request) {
        Line current = line;
        if (current == null) {
            return Future.failedFuture(Faults.unavailable());
        }
        if (underWay.incrementAndGet() > queue) {
            underWay.decrementAndGet();
            return Future.failedFuture(Faults.unavailable());
        }
        return current.connection()
                .send(request)
                .timeout(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(answered -> underWay.decrementAndGet())
                .recover(cause -> failed(current, cause));
    }

    private Future<@Nullable Response> failed(Line used, Throwable cause) {
        if (Faults.endsLine(cause)) {
            lose(used, cause);
        }
        return Future.failedFuture(Faults.translated(cause));
    }

    /** Requests sent and not answered yet. */
    int underWay() {
        return underWay.get();
    }

    /** Waits for what is under way; nobody may ask any more. */
    Future<Void> close() {
        closed = true;
        return drained(false).compose(empty -> {
            Line last = line;
            line = null;
            return last == null ? Future.succeededFuture() : last.client().close();
        });
    }

    /** @param before whether it was empty a moment ago: a script that is unknown to the server is sent a second time */
    private Future<Void> drained(boolean before) {
        boolean empty = underWay.get() == 0;
        return empty && before
                ? Future.succeededFuture()
                : vertx.timer(DRAINING_MILLIS, TimeUnit.MILLISECONDS).compose(later -> drained(empty));
    }

    private Future<Line> connect(Duration limit) {
        Promise<Line> promise = Promise.promise();
        context.runOnContext(now ->
                Future.<Void>succeededFuture().compose(here -> connected(limit)).onComplete(promise));
        return promise.future();
    }

    private Future<Line> connected(Duration limit) {
        Redis client = connector.client();
        return client.connect()
                .map(connection -> new Line(client, connection))
                .compose(fresh -> greeting.apply(fresh.connection()::send).map(fresh))
                .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(this::use)
                .onFailure(cause -> client.close());
    }

    private void use(Line fresh) {
        fresh.connection().exceptionHandler(cause -> lose(fresh, cause)).endHandler(ended -> lose(fresh, null));
        line = fresh;
    }

    private synchronized void lose(Line lost, @Nullable Throwable cause) {
        if (!lost.equals(line)) {
            return;
        }
        line = null;
        var unused = lost.client().close();
        if (!closed) {
            LOG.warn("The connection to Redis at {} is lost: {}", connector.place(), Faults.reason(cause));
            reconnect();
        }
    }

    private void reconnect() {
        connect(CONNECT).onComplete(outcome -> {
            if (outcome.succeeded() && closed) {
                var unused = outcome.result().client().close();
            } else if (outcome.succeeded()) {
                LOG.info("The connection to Redis at {} is back", connector.place());
            } else if (!closed) {
                var unused = vertx.setTimer(PAUSE_MILLIS, again -> reconnect());
            }
        });
    }
}
