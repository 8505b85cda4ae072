package io.gatehouse.store;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.Revocations.Page;
import io.gatehouse.common.message.Revocations.Read;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;

/**
 * Announces what nodes appended to the log of denials whose own word did not arrive: they share the back end and no bus with
 * us, or the bus is cut. The back end tells that there is more; with each heartbeat verifiers would find it themselves.
 *
 * <p>Works on one event loop.
 */
final class LogWatch {
    /** Who appended says so on the bus at about the same time: that is worth waiting for. */
    private static final long COURTESY_MILLIS = 20;

    /** More of them are read by those who miss them. */
    private static final int MOST_TOLD = 100;

    private final Store.Revocations log;
    private final Bus bus;
    private final Announcer announcer;
    private final Clock clock;
    private String incarnation = "";
    /** The last line that was announced, by whom ever: a hole before it is seen by those who hear of it. */
    private long announced;

    private long told;
    private boolean waiting;

    LogWatch(Store.Revocations log, Bus bus, Announcer announcer, Clock clock) {
        this.log = log;
        this.bus = bus;
        this.announcer = announcer;
        this.clock = clock;
    }

    /** To be called on the event loop it is to work on. */
    Future<Void> start(Vertx vertx) {
        Context own = vertx.getOrCreateContext();
        return bus.hear(this::hear)
                .compose(hearing -> log.read(RevocationService.HEAD_ONLY, clock.instant()))
                .onSuccess(page -> known(page.incarnation(), page.head()))
                // A back end that is gone for a moment is no reason not to start.
                .otherwiseEmpty()
                .onSuccess(looked -> log.onAppended(head -> own.runOnContext(news -> appended(vertx, head))))
                .mapEmpty();
    }

    private void hear(Event event) {
        if (event instanceof Event.Denied denied && !denied.denials().isEmpty()) {
            known(denied.incarnation(), Announcer.last(denied.denials()));
        } else if (event instanceof Event.Heartbeat heartbeat) {
            known(heartbeat.incarnation(), heartbeat.head());
        }
    }

    private void known(String of, long sequence) {
        announced = of.equals(incarnation) ? Math.max(announced, sequence) : sequence;
        incarnation = of;
    }

    private void appended(Vertx vertx, long head) {
        // Who tells of an old line, or makes one up, must not silence who told of a new one.
        told = Math.max(told, head);
        if (head > announced && !waiting) {
            waiting = true;
            vertx.setTimer(
                    COURTESY_MILLIS,
                    passed -> look().onComplete(done -> {
                        waiting = false;
                        if (done.succeeded()) {
                            // Of what was told meanwhile.
                            appended(vertx, told);
                        }
                    }));
        }
    }

    /** Where that fails the next heartbeat finds it. */
    private Future<Void> look() {
        return told <= announced
                ? Future.succeededFuture()
                : log.read(new Read(announced, MOST_TOLD), clock.instant())
                        .onSuccess(this::announce)
                        .mapEmpty();
    }

    private void announce(Page page) {
        if (page.incarnation().equals(incarnation) && page.upTo() == page.head()) {
            announcer.pass(page.denials());
        } else {
            announcer.heartbeat(page.head());
        }
        known(page.incarnation(), page.head());
        // A number beyond the end is of a history that is no more.
        told = Math.min(told, announced);
    }
}
