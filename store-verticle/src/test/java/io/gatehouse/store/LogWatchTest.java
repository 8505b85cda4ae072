package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.bus.BusNode;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.Revocations.Page;
import io.gatehouse.common.message.Revocations.Read;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.Denial.Kind;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Tenant;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is announced once the back end tells that the log grew. */
@ExtendWith(VertxExtension.class)
class LogWatchTest {
    private final BlockingQueue<Event> heard = new LinkedBlockingQueue<>();
    private final Log log = new Log();
    private Bus bus;
    private Announcer announcer;

    @BeforeEach
    void watch(Vertx vertx) {
        Bus.register(vertx);
        bus = new Bus(vertx, new BusNode("node"), 0);
        announcer = new Announcer(bus, log);
        LogWatch watch = new LogWatch(log, bus, announcer, new SettableClock());
        Promise<Void> started = Promise.promise();
        vertx.getOrCreateContext()
                .runOnContext(start -> watch.start(vertx)
                        // Behind the watch: what is heard here is known there.
                        .compose(watching -> bus.hear(heard::add))
                        .onComplete(started));
        Await.result(started.future());
    }

    @Test
    void whatIsKnown_isNotAnnouncedAgain() throws InterruptedException {
        log.append(2);
        bus.publish(new Event.Denied("one", log.lines.subList(0, 2)));
        next();
        log.tell(2);
        log.append(1);
        log.tell(3);

        assertThat(next()).isEqualTo(new Event.Denied("one", log.lines.subList(2, 3)));
        assertThat(log.reads).extracting(Read::after).containsExactly(2L);
    }

    @Test
    void aHeartbeat_tellsOfAllBefore() throws InterruptedException {
        log.append(200);
        bus.publish(new Event.Heartbeat("one", 200));
        next();
        log.append(1);
        log.tell(201);

        assertThat(next()).isEqualTo(new Event.Denied("one", log.lines.subList(200, 201)));
    }

    /** Whoever may use the database may notify. */
    @Test
    void whatIsMadeUp_silencesNobody() throws InterruptedException {
        log.append(1);
        log.tell(1);
        log.tell(-1);
        assertThat(next()).isEqualTo(new Event.Denied("one", log.lines));

        log.tell(Long.MAX_VALUE);
        log.append(1);
        log.tell(2);
        assertThat(next()).isEqualTo(new Event.Denied("one", log.lines.subList(1, 2)));
    }

    @Test
    void manyLines_areLeftToThoseWhoMissThem() throws InterruptedException {
        log.append(101);
        log.tell(101);

        assertThat(next()).isEqualTo(new Event.Heartbeat("one", 101));
    }

    @Test
    void anotherHistory_isReadByThoseWhoFollow() throws InterruptedException {
        log.append(1);
        log.incarnation = "two";
        log.tell(1);

        assertThat(next()).isEqualTo(new Event.Heartbeat("two", 1));
    }

    @Test
    void aClientsNextGeneration_isToldToWhoRememberTheClient() throws InterruptedException {
        log.lines.add(new SequencedDenial(1, new Denial(Tenant.MAIN, Kind.CLIENT, "web", 1, "web", Instant.MAX, null)));
        log.tell(1);

        assertThat(next()).isInstanceOf(Event.Denied.class);
        assertThat(next()).isEqualTo(new Event.ClientChanged(Tenant.MAIN, "web"));
    }

    /** Else two nodes would tell each other of the same line for ever. */
    @Test
    void whatIsPassedOn_isNotToldToOthersOnceMore() throws InterruptedException {
        log.append(1);
        log.tell(1);

        assertThat(next()).isInstanceOf(Event.Denied.class);
        assertThat(log.toldOthers).isEmpty();
        announcer.denied(log.lines);
        assertThat(log.toldOthers).containsExactly(1L);
    }

    private Event next() throws InterruptedException {
        return heard.poll(30, TimeUnit.SECONDS);
    }

    /** A log to which others append. */
    private static final class Log implements Store.Revocations {
        final List<SequencedDenial> lines = new CopyOnWriteArrayList<>();
        final List<Read> reads = new CopyOnWriteArrayList<>();
        final List<Long> toldOthers = new CopyOnWriteArrayList<>();
        volatile String incarnation = "one";
        private volatile LongConsumer listener;

        void append(int more) {
            for (int i = 0; i < more; i++) {
                long number = lines.size() + 1L;
                lines.add(new SequencedDenial(
                        number, new Denial(Tenant.MAIN, Kind.TOKEN, "jti " + number, 0, "web", Instant.MAX, null)));
            }
        }

        void tell(long head) {
            listener.accept(head);
        }

        @Override
        public String incarnation() {
            return incarnation;
        }

        @Override
        public Future<List<SequencedDenial>> deny(Denial denial, Instant now) {
            throw new UnsupportedOperationException("others append");
        }

        @Override
        public Future<Page> read(Read request, Instant now) {
            if (request.limit() > 0) {
                reads.add(request);
            }
            List<SequencedDenial> found = new ArrayList<>(lines)
                    .stream()
                            .filter(line -> line.sequence() > request.after())
                            .limit(request.limit())
                            .toList();
            long upTo = found.isEmpty() ? request.after() : found.getLast().sequence();
            return Future.succeededFuture(new Page(incarnation, lines.size(), Math.min(upTo, lines.size()), found));
        }

        @Override
        public void tellOthers(long head) {
            toldOthers.add(head);
        }

        @Override
        public void onAppended(LongConsumer told) {
            listener = told;
        }
    }
}
