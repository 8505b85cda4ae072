package io.gatehouse.common.bus;

import io.gatehouse.common.bus.seal.Announcement;
import io.gatehouse.common.bus.seal.Content;
import io.gatehouse.common.bus.seal.Envelope;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.BusFailures;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Event;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An application's side of {@link ApplicationDoor}: what it asks is sealed, and only the gateway role can have answered. */
public final class ApplicationLine {
    private static final System.Logger LOG = System.getLogger(ApplicationLine.class.getName());
    private static final int ID_BYTES = 16;
    private static final long TIMEOUT_MILLIS = 6_000;
    private static final long BETWEEN_COMPLAINTS_MILLIS = 60_000;

    private final EventBus eventBus;
    private final ApplicationEnvelope envelope;
    private final Clock clock;
    private final AtomicLong complained = new AtomicLong();
    private final List<MessageConsumer<Object>> events = new CopyOnWriteArrayList<>();

    /**
     * @param application its id in the gateway's configuration
     * @param secret that stands beside it there
     */
    public ApplicationLine(Vertx vertx, String application, Secret secret, Clock clock) {
        this.eventBus = vertx.eventBus();
        this.envelope = new ApplicationEnvelope(application, secret);
        this.clock = clock;
    }

    /** @return fails with {@code OAuthFailure} only; a gateway that is gone or too slow is {@code Unavailable} */
    public Future<JsonObject> ask(String operation, JsonObject parameters) {
        String id = Entropy.bytes(ID_BYTES).base64Url();
        JsonObject question = envelope.seal(new ApplicationCall(id, clock.millis(), operation, parameters));
        DeliveryOptions options = new DeliveryOptions().setSendTimeout(TIMEOUT_MILLIS);
        return eventBus.<JsonObject>request(ApplicationDoor.ADDRESS, question, options)
                .transform(outcome -> outcome.succeeded()
                        ? result(envelope.openAnswer(outcome.result().body(), id))
                        : failed(unproved(outcome.cause())));
    }

    private static Future<JsonObject> result(@Nullable JsonObject answer) {
        if (answer == null) {
            return failed(new OAuthError.Unavailable("gateway"));
        }
        JsonObject error = answer.getJsonObject("error");
        return error == null
                ? Future.succeededFuture(answer.getJsonObject("result"))
                : failed(BusFailures.read(error.getInteger("number", 0), error.getString("text", "")));
    }

    /** Any member may answer that, and none can be asked for proof: where it is a gateway's word, its audit log has it too. */
    private OAuthError unproved(Throwable cause) {
        if (cause instanceof ReplyException reply && reply.failureType() == ReplyFailure.RECIPIENT_FAILURE) {
            long now = clock.millis();
            long before = complained.get();
            if (now - before >= BETWEEN_COMPLAINTS_MILLIS && complained.compareAndSet(before, now)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "somebody refused this application without proof of being a gateway: where none answers, compare"
                                + " its id, secret and clock with those of the gateways, whose log says application_refused");
            }
        }
        return new OAuthError.Unavailable("gateway");
    }

    private static Future<JsonObject> failed(OAuthError error) {
        return Future.failedFuture(error.failure());
    }

    /** Hears what every node is told, and what others make up: no more than a hint. Delivery is at most once. */
    public Future<Void> hear(Consumer<Event> listener) {
        MessageConsumer<Object> consumer = eventBus.consumer(Event.ADDRESS);
        events.add(consumer);
        return consumer.handler(message -> {
                    Event event = hint(Bus.body(message));
                    if (event != null) {
                        listener.accept(event);
                    }
                })
                .completion();
    }

    private static @Nullable Event hint(@Nullable Object body) {
        if (body instanceof Event event) {
            return event;
        }
        Content content = body instanceof Envelope envelope ? Announcement.hint(envelope) : null;
        try {
            return content != null && RecordFrame.read(content.body()) instanceof Event event ? event : null;
        } catch (RuntimeException ofAnotherBuild) {
            return null;
        }
    }

    public Future<Void> close() {
        return Future.join(events.stream().map(MessageConsumer::unregister).toList())
                .mapEmpty();
    }
}
