package io.gatehouse.common.bus;

import io.gatehouse.common.bus.seal.Envelope;
import io.gatehouse.common.codec.RecordCodec;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.Request;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asking, serving and hearing, as seen from one event loop.
 *
 * <p>A family is served at {@code <address>} for everybody, at {@code <address>@<loop>} for askers on the same loop (a
 * wake-up of another loop costs more than most answers) and at {@code <address>.<node>} for an asker that must reach one
 * certain node. Asking prefers the own loop, then the own process, then the others of a cluster; it goes on to the next only where
 * nobody received the request, so that nothing is done twice. What comes from another process, and goes there, is sealed by {@link Link}.
 */
public final class Bus {
    private static final System.Logger LOG = System.getLogger(Bus.class.getName());
    private static final Duration ONE_WAY = Duration.ofSeconds(2);

    private final EventBus eventBus;
    private final BusNode node;
    private final String loop;
    /** From an address to its name on this loop. */
    private final Map<String, String> servedHere = new ConcurrentHashMap<>();

    private final Map<Duration, DeliveryOptions> local = new ConcurrentHashMap<>();
    private final List<MessageConsumer<?>> consumers = new CopyOnWriteArrayList<>();

    /** @param loop distinguishes the event loops of this process */
    public Bus(Vertx vertx, BusNode node, int loop) {
        this.eventBus = vertx.eventBus();
        this.node = node;
        this.loop = "@" + loop;
    }

    /** Once per Vert.x instance, before the first bus is used. */
    public static void register(Vertx vertx) {
        MessageTypes.all().forEach(RecordCodec::prepare);
        vertx.eventBus().registerCodec(new RecordMessageCodec());
    }

    /** As {@link #register}, on a Vert.x instance that may know our messages already: of an application that runs beside us. */
    public static void registerOnce(Vertx vertx) {
        try {
            register(vertx);
        } catch (IllegalStateException known) {
            LOG.log(System.Logger.Level.DEBUG, "the codec is registered already");
        }
    }

    /**
     * Asks and returns the answer.
     *
     * @return fails with {@link OAuthFailure} only; a part that is gone or too slow is {@code Unavailable}
     */
    public <R> Future<R> ask(Request<R> request) {
        String here = servedHere.get(request.address());
        return here == null
                ? askProcess(request)
                : send(here, request, local(request.timeout()), unheard -> orElse(unheard, request, this::askProcess));
    }

    private <R> Future<R> askProcess(Request<R> request) {
        String address = request.address();
        Link link = node.link();
        return link == null || node.serves(address)
                ? send(address, request, local(request.timeout()), unheard -> orElse(unheard, request, this::askOthers))
                : link.ask(request);
    }

    private <R> Future<R> askOthers(Request<R> request) {
        Link link = node.link();
        return link == null
                ? failed(new OAuthError.Unavailable(ReplyErrors.part(request.address())))
                : link.ask(request);
    }

    /** Asks on where nobody serves the address, or no longer. */
    private static <R> Future<R> orElse(
            Throwable cause, Request<R> request, Function<Request<R>, Future<R>> elsewhere) {
        return ReplyErrors.isFailure(cause, ReplyFailure.NO_HANDLERS)
                ? elsewhere.apply(request)
                : failed(ReplyErrors.of(cause, request.address()));
    }

    private <R> Future<R> send(
            String address, Request<R> request, DeliveryOptions options, Function<Throwable, Future<R>> otherwise) {
        Future<Message<R>> answer;
        try {
            answer = eventBus.request(address, request, options);
        } catch (RuntimeException unsent) {
            return failed(Incidents.error(unsent));
        }
        return answer.transform(outcome ->
                outcome.succeeded() ? checked(request, outcome.result().body()) : otherwise.apply(outcome.cause()));
    }

    private static <R> Future<R> checked(Request<R> request, R reply) {
        return MessageTypes.answers(request, reply)
                ? Future.succeededFuture(reply)
                : failed(ReplyErrors.wrongReply(request, reply));
    }

    /** Answers every request of a family; {@code handler} runs on the caller's context. */
    public <Q extends Request<?>> Future<Void> serve(Class<Q> family, String address, Function<Q, Future<?>> handler) {
        if (servedHere.putIfAbsent(address, address + loop) == null) {
            node.serve(address);
        }
        return Future.all(
                        consume(address + loop, true, family, handler),
                        consume(address, false, family, handler),
                        consume(address + "." + node.id(), false, family, handler))
                .mapEmpty();
    }

    private <Q extends Request<?>> Future<Void> consume(
            String address, boolean localOnly, Class<Q> family, Function<Q, Future<?>> handler) {
        MessageConsumer<Object> consumer = localOnly ? eventBus.localConsumer(address) : eventBus.consumer(address);
        consumers.add(consumer);
        return consumer.handler(message -> answer(message, family, handler)).completion();
    }

    private <Q extends Request<?>> void answer(
            Message<Object> message, Class<Q> family, Function<Q, Future<?>> handler) {
        Object body = body(message);
        Link link = node.link();
        if (family.isInstance(body)) {
            answer(family.cast(body), handler, Answering.inProcess(message));
        } else if (link == null) {
            Answering.inProcess(message).fail(new OAuthError.NotFound("message"));
        } else if (body instanceof Envelope envelope) {
            link.doorkeeper().admit(envelope, message, family).onSuccess(admitted -> {
                if (admitted != null) {
                    answer(family.cast(admitted.request()), handler, admitted.answering());
                }
            });
        } else {
            link.doorkeeper().refuse(Refusals.Reason.UNSEALED, "", message);
        }
    }

    private static <Q extends Request<?>> void answer(Q request, Function<Q, Future<?>> handler, Answering answering) {
        apply(handler, request).onComplete(outcome -> {
            if (outcome.failed()) {
                answering.fail(Incidents.error(outcome.cause()));
            } else if (MessageTypes.answers(request, outcome.result())) {
                answering.give((Record) outcome.result());
            } else {
                answering.fail(ReplyErrors.wrongReply(request, outcome.result()));
            }
        });
    }

    /** Null where somebody sent what its codec can't read. */
    static @Nullable Object body(Message<?> message) {
        try {
            return message.body();
        } catch (RuntimeException unreadable) {
            return null;
        }
    }

    private static <Q> Future<?> apply(Function<Q, Future<?>> handler, Q request) {
        try {
            return Objects.requireNonNull(handler.apply(request), "a handler returned no future");
        } catch (Throwable e) {
            return Future.failedFuture(e);
        }
    }

    /** Answers other applications; {@code operations} run on the caller's context. */
    public Future<Void> open(ApplicationDoor door, Map<String, ApplicationDoor.Operation> operations) {
        MessageConsumer<Object> consumer = eventBus.consumer(ApplicationDoor.ADDRESS);
        consumers.add(consumer);
        return consumer.handler(message -> door.answer(message, operations)).completion();
    }

    /** Tells everybody; nobody may hear it. */
    public void publish(Event event) {
        eventBus.publish(Event.ADDRESS, event, local(ONE_WAY));
        Link link = node.link();
        if (link != null) {
            link.publish(event);
        }
    }

    /** Hears events from every node, in the order each sent them. */
    public Future<Void> hear(Consumer<Event> listener) {
        MessageConsumer<Object> consumer = eventBus.localConsumer(Event.ADDRESS);
        consumers.add(consumer);
        Future<Void> own = consumer.handler(message -> {
                    if (body(message) instanceof Event event) {
                        listener.accept(event);
                    }
                })
                .completion();
        Link link = node.link();
        return link == null ? own : own.compose(listening -> link.listen());
    }

    /** Stops serving and hearing. */
    public Future<Void> close() {
        for (String address : Set.copyOf(servedHere.keySet())) {
            if (servedHere.remove(address) != null) {
                node.forget(address);
            }
        }
        List<MessageConsumer<?>> stopped = List.copyOf(consumers);
        consumers.removeAll(stopped);
        return Future.join(stopped.stream().map(MessageConsumer::unregister).toList())
                .mapEmpty();
    }

    private DeliveryOptions local(Duration timeout) {
        return local.computeIfAbsent(timeout, t -> options(t).setLocalOnly(true));
    }

    static DeliveryOptions options(Duration timeout) {
        return new DeliveryOptions().setCodecName(RecordMessageCodec.NAME).setSendTimeout(timeout.toMillis());
    }

    private static <R> Future<R> failed(OAuthError error) {
        return Future.failedFuture(error.failure());
    }
}
