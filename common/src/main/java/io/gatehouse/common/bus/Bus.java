package io.gatehouse.common.bus;

import io.gatehouse.common.bus.RecordMessageCodec.Unreadable;
import io.gatehouse.common.codec.RecordCodec;
import io.gatehouse.common.error.BusFailures;
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
import io.vertx.core.eventbus.ReplyException;
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
 * certain node. Asking prefers the own loop, then the own process, then the cluster; it goes on to the next only where
 * nobody received the request, so that nothing is done twice.
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
    private final Map<Duration, DeliveryOptions> anywhere = new ConcurrentHashMap<>();
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
        return node.serves(address)
                ? send(
                        address,
                        request,
                        local(request.timeout()),
                        unheard -> orElse(unheard, request, this::askCluster))
                : askCluster(request);
    }

    /** A node may hang: what changes nothing is asked once more, most likely of another one. */
    private <R> Future<R> askCluster(Request<R> request) {
        return sendAnywhere(
                request,
                cause -> request.isRead() && isFailure(cause, ReplyFailure.TIMEOUT)
                        ? sendAnywhere(request, again -> failed(error(again, request.address())))
                        : failed(error(cause, request.address())));
    }

    private <R> Future<R> sendAnywhere(Request<R> request, Function<Throwable, Future<R>> otherwise) {
        return send(request.address(), request, anywhere(request.timeout()), otherwise);
    }

    /** Asks on where nobody serves the address, or no longer. */
    private static <R> Future<R> orElse(
            Throwable cause, Request<R> request, Function<Request<R>, Future<R>> elsewhere) {
        return isFailure(cause, ReplyFailure.NO_HANDLERS)
                ? elsewhere.apply(request)
                : failed(error(cause, request.address()));
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
                : failed(wrongReply(request, reply));
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
        if (!family.isInstance(body)) {
            fail(message, new OAuthError.NotFound("message"));
            return;
        }
        Q request = family.cast(body);
        apply(handler, request).onComplete(outcome -> {
            if (outcome.failed()) {
                fail(message, Incidents.error(outcome.cause()));
            } else if (MessageTypes.answers(request, outcome.result())) {
                message.reply(outcome.result(), anywhere(ONE_WAY));
            } else {
                fail(message, wrongReply(request, outcome.result()));
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

    private static void fail(Message<Object> message, OAuthError error) {
        message.fail(BusFailures.number(error), BusFailures.text(error));
    }

    /** Answers other applications; {@code operations} run on the caller's context. */
    public Future<Void> open(ApplicationDoor door, Map<String, ApplicationDoor.Operation> operations) {
        MessageConsumer<Object> consumer = eventBus.consumer(ApplicationDoor.ADDRESS);
        consumers.add(consumer);
        return consumer.handler(message -> door.answer(message, operations)).completion();
    }

    /** Tells everybody; nobody may hear it. */
    public void publish(Event event) {
        eventBus.publish(Event.ADDRESS, event, anywhere(ONE_WAY));
    }

    /** Hears events from every node, in the order each sent them. */
    public Future<Void> hear(Consumer<Event> listener) {
        MessageConsumer<Object> consumer = eventBus.consumer(Event.ADDRESS);
        consumers.add(consumer);
        return consumer.handler(message -> {
                    if (body(message) instanceof Event event) {
                        listener.accept(event);
                    }
                })
                .completion();
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

    private DeliveryOptions anywhere(Duration timeout) {
        return anywhere.computeIfAbsent(timeout, Bus::options);
    }

    private static DeliveryOptions options(Duration timeout) {
        return new DeliveryOptions().setCodecName(RecordMessageCodec.NAME).setSendTimeout(timeout.toMillis());
    }

    private static <R> Future<R> failed(OAuthError error) {
        return Future.failedFuture(error.failure());
    }

    private static boolean isFailure(Throwable cause, ReplyFailure type) {
        return cause instanceof ReplyException reply && reply.failureType() == type;
    }

    private static OAuthError error(Throwable cause, String address) {
        return isFailure(cause, ReplyFailure.RECIPIENT_FAILURE) && cause instanceof ReplyException reply
                ? BusFailures.read(reply.failureCode(), String.valueOf(reply.getMessage()))
                : new OAuthError.Unavailable(part(address));
    }

    private static OAuthError wrongReply(Request<?> request, @Nullable Object reply) {
        Object shown = reply == null ? "nothing" : reply.getClass();
        if (reply instanceof Unreadable unreadable) {
            shown = unreadable.reason();
        }
        return Incidents.error(new IllegalStateException(request.getClass().getName() + " was answered by: " + shown));
    }

    /** {@code gatehouse.v1.store.grants} is answered by the part {@code store}. */
    private static String part(String address) {
        return address.startsWith("gatehouse.v1.store.") ? "store" : "token";
    }
}
