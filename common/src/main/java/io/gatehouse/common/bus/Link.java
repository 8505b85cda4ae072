package io.gatehouse.common.bus;

import io.gatehouse.common.bus.seal.Announcement;
import io.gatehouse.common.bus.seal.Content;
import io.gatehouse.common.bus.seal.Envelope;
import io.gatehouse.common.bus.seal.Identity;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.Request;
import io.gatehouse.common.metric.Exposition;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How this process speaks with others of its cluster, any of which may send to any address and read what comes to any: by messages that only
 * their receiver can read, and only who is named in them can have made. One for all event loops.
 */
public final class Link {
    private static final Duration ONE_WAY = Duration.ofSeconds(2);

    private final EventBus eventBus;
    /** Of no verticle: it hears until the process ends. */
    private final Context context;

    private final Identity own;
    private final Announcement announcement;
    private final Clock clock;
    private final Contacts contacts;
    private final Servers servers;
    private final Refusals refusals;
    private final Doorkeeper doorkeeper = new Doorkeeper(this);
    private final AtomicReference<@Nullable Future<Void>> listening = new AtomicReference<>();

    /** @param own whose hello the others can see */
    public Link(Vertx vertx, Identity own, Company company, Clock clock) {
        this.eventBus = vertx.eventBus();
        this.context = vertx.getOrCreateContext();
        this.own = own;
        this.announcement = new Announcement(own);
        this.clock = clock;
        this.contacts = new Contacts(vertx, own, company, clock);
        this.servers = new Servers(company, contacts);
        this.refusals = new Refusals(clock);
    }

    /** This process's id in the cluster. */
    String node() {
        return own.node();
    }

    <R> Future<R> ask(Request<R> request) {
        return new RemoteQuestion<>(this, request).ask();
    }

    void publish(Event event) {
        Envelope signed = announcement.sign(content(RecordFrame.write((Record) event)));
        eventBus.publish(Event.ADDRESS, signed, Bus.options(ONE_WAY));
    }

    /** Has what others say told to all of this process, checked once for all. */
    Future<Void> listen() {
        Promise<Void> begun = Promise.promise();
        Future<Void> before = listening.compareAndExchange(null, begun.future());
        if (before != null) {
            return before;
        }
        context.runOnContext(
                own -> eventBus.consumer(Event.ADDRESS, this::hear).completion().onComplete(begun));
        return begun.future();
    }

    private void hear(Message<Object> message) {
        Object body = Bus.body(message);
        if (body instanceof Event
                || (body instanceof Envelope said && said.sender().equals(own.node()))) {
            // Of this process, which has heard it.
            return;
        }
        if (body instanceof Envelope envelope) {
            doorkeeper.hear(envelope).onSuccess(event -> {
                if (event != null) {
                    eventBus.publish(Event.ADDRESS, event, Bus.options(ONE_WAY).setLocalOnly(true));
                }
            });
        } else {
            refusals.add(Refusals.Reason.UNSEALED, "", Event.ADDRESS);
        }
    }

    /** On the caller's context, wherever it comes about. */
    static <T> Future<T> here(Future<T> anywhere) {
        Context context = Vertx.currentContext();
        if (context == null) {
            return anywhere;
        }
        Promise<T> here = Promise.promise();
        anywhere.onComplete((result, failure) -> context.runOnContext(now -> here.complete(result, failure)));
        return here.future();
    }

    Content content(Bytes body) {
        return new Content(clock.millis(), body);
    }

    EventBus eventBus() {
        return eventBus;
    }

    Clock clock() {
        return clock;
    }

    Contacts contacts() {
        return contacts;
    }

    Servers servers() {
        return servers;
    }

    Refusals refusals() {
        return refusals;
    }

    Doorkeeper doorkeeper() {
        return doorkeeper;
    }

    void measure(Exposition out) {
        refusals.measure(out);
    }
}
