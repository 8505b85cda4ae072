package io.gatehouse.common.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.Samples;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class BusEventsTest {
    private static final Event LAST = new Event.Heartbeat("last", 0);

    private final BusNode node = new BusNode("node-1");
    private Vertx vertx;
    private Loop speaker;

    @BeforeEach
    void start(Vertx started) {
        vertx = started;
        Bus.register(vertx);
        speaker = Loop.start(vertx, node, 0);
    }

    @Test
    void everybodyHearsEveryEventInOrder() {
        Ear own = new Ear(speaker);
        Ear other = new Ear(Loop.start(vertx, node, 1));
        List<Event> said = LongStream.range(0, 1_000)
                .<Event>mapToObj(i -> new Event.Heartbeat("incarnation", i))
                .toList();

        publish(said);
        publish(List.of(LAST));

        assertThat(own.heard()).isEqualTo(said);
        assertThat(other.heard()).isEqualTo(said);
    }

    @Test
    void everyKindOfEventIsHeardAsItWasSaid() {
        Ear ear = new Ear(speaker);
        List<Event> said = new ArrayList<>();
        for (Class<?> type : Event.class.getPermittedSubclasses()) {
            said.add((Event) Samples.of(type.asSubclass(Record.class)));
        }

        publish(said);
        publish(List.of(LAST));

        assertThat(ear.heard()).isEqualTo(said);
    }

    @Test
    void aListenerThatBreaksHearsOn() {
        Promise<Void> heardAgain = Promise.promise();
        Loop.await(speaker.run(() -> speaker.bus().hear(event -> {
            if (!event.equals(LAST)) {
                throw new IllegalStateException("planned by a test: a listener that breaks");
            }
            heardAgain.complete();
        })));
        vertx.exceptionHandler(planned -> {});

        publish(List.of(new Event.TenantChanged("main"), LAST));

        Loop.await(heardAgain.future());
    }

    @Test
    void whatIsNoEventIsPassedOver() {
        Ear ear = new Ear(speaker);
        vertx.eventBus().publish(Event.ADDRESS, new JsonObject().put("incarnation", "x"));
        vertx.eventBus().publish(Event.ADDRESS, null);

        publish(List.of(LAST));

        assertThat(ear.heard()).isEmpty();
    }

    @Test
    void aClosedBusHearsNothing() {
        Ear closed = new Ear(speaker);
        Ear open = new Ear(Loop.start(vertx, node, 1));
        Bus other = new Bus(vertx, node, -1);
        speaker.closeBus();

        other.publish(new Event.TenantChanged("main"));
        other.publish(LAST);

        assertThat(open.heard()).hasSize(1);
        assertThat(closed.events).isEmpty();
    }

    private void publish(List<Event> events) {
        Loop.await(speaker.run(() -> {
            events.forEach(speaker.bus()::publish);
            return Future.succeededFuture();
        }));
    }

    /** Remembers what a loop hears, up to the last word. */
    private static final class Ear {
        private final List<Event> events = Collections.synchronizedList(new ArrayList<>());
        private final Promise<Void> last = Promise.promise();

        Ear(Loop loop) {
            Loop.await(loop.run(() -> loop.bus().hear(this::hear)));
        }

        private void hear(Event event) {
            if (event.equals(LAST)) {
                last.complete();
            } else {
                events.add(event);
            }
        }

        List<Event> heard() {
            Loop.await(last.future());
            return events;
        }
    }
}
