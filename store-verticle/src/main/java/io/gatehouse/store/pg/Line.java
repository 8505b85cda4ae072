package io.gatehouse.store.pg;

import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.sqlclient.DatabaseException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One place of the pool: at most one connection, opened when the first statement needs it and again when it is lost. */
final class Line {
    /** While the server refuses, statements fail at once, and only so often one tries again. */
    private static final long PAUSE_NANOS = Duration.ofMillis(200).toNanos();

    private final EventLoop loop;
    private final Supplier<Future<Link>> connect;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile long heardAt = System.nanoTime();

    private @Nullable Future<Link> link;
    private long failedAt;

    /** @param loop that its connections belong to */
    Line(EventLoop loop, Supplier<Future<Link>> connect) {
        this.loop = loop;
        this.connect = connect;
    }

    /** Statements sent and not answered yet. */
    int underWay() {
        return underWay.get();
    }

    /** Whether it belongs to the event loop that asks. */
    boolean isNear() {
        return loop.inEventLoop();
    }

    /** Fails with whatever the driver says. */
    Future<RowSet<Row>> run(String sql, Tuple arguments) {
        underWay.incrementAndGet();
        return link().compose(link -> on(link, sql, arguments)).onComplete(done -> underWay.decrementAndGet());
    }

    /** Ends the connection if nothing was heard from the server for so long: an idle one is as doubtful as a hung one. */
    synchronized void severIfSilent(Duration silence) {
        Future<Link> known = link;
        if (known != null && known.succeeded() && System.nanoTime() - heardAt >= silence.toNanos()) {
            link = null;
            known.result().sever();
        }
    }

    /** Opens it, if it isn't open. */
    synchronized Future<Link> link() {
        Future<Link> known = link;
        if (known == null || (known.failed() && System.nanoTime() - failedAt >= PAUSE_NANOS)) {
            Future<Link> opening = connect.get();
            link = opening;
            opening.onComplete(opened -> opened(opening));
            known = opening;
        }
        return known;
    }

    /** Says goodbye; never fails. Nothing may be under way, and nothing may come. */
    synchronized Future<Void> close() {
        Future<Link> known = link;
        link = null;
        return known == null
                ? Future.succeededFuture()
                : known.compose(Link::close).otherwiseEmpty();
    }

    private Future<RowSet<Row>> on(Link link, String sql, Tuple arguments) {
        return link.run(sql, arguments).onComplete(done -> {
            if (done.succeeded() || done.cause() instanceof DatabaseException) {
                heardAt = System.nanoTime();
            }
            if (done.failed() && Faults.endConnection(done.cause())) {
                link.sever();
            }
        });
    }

    private synchronized void opened(Future<Link> opening) {
        heardAt = System.nanoTime();
        if (opening.failed()) {
            failedAt = System.nanoTime();
        } else {
            opening.result().onClose(() -> forget(opening));
        }
    }

    private synchronized void forget(Future<Link> lost) {
        if (link == lost) {
            link = null;
        }
    }
}
