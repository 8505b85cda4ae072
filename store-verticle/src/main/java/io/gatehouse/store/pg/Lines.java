package io.gatehouse.store.pg;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The pool. Its places are dealt out to the event loops, so that a statement need not wake up another loop. */
final class Lines {
    /** To be woken up by another loop costs about as much as to wait behind so many statements. */
    private static final int DISTANCE = 2;

    private final List<Line> all = new ArrayList<>();

    /** @param connect opens a connection on the given context */
    Lines(Vertx vertx, int size, Function<Context, Future<Link>> connect) {
        VertxInternal internal = (VertxInternal) vertx;
        List<EventLoop> loops = new ArrayList<>();
        internal.eventLoopGroup().forEach(loop -> loops.add((EventLoop) loop));
        for (int place = 0; place < size; place++) {
            EventLoop loop = loops.get(place % loops.size());
            Context home = internal.contextBuilder().withEventLoop(loop).build();
            all.add(new Line(loop, () -> connect.apply(home)));
        }
    }

    Line first() {
        return all.getFirst();
    }

    /** The one with the fewest statements under way; of the caller's own loop, unless another one is far less busy. */
    Line idlest() {
        Line idlest = first();
        int least = Integer.MAX_VALUE;
        for (Line line : all) {
            int load = line.underWay() + (line.isNear() ? 0 : DISTANCE);
            if (load < least) {
                idlest = line;
                least = load;
            }
        }
        return idlest;
    }

    /** See {@link Line#severIfSilent}. */
    void severIfSilent(Duration silence) {
        all.forEach(line -> line.severIfSilent(silence));
    }

    /** Says goodbye on all of them. */
    Future<Void> close() {
        return Future.join(all.stream().map(Line::close).toList()).mapEmpty();
    }
}
