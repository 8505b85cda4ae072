package io.gatehouse.common.bus;

import io.gatehouse.common.bus.Refusals.Reason;
import io.gatehouse.common.bus.seal.Content;
import io.gatehouse.common.bus.seal.Envelope;
import io.gatehouse.common.bus.seal.Part;
import io.gatehouse.common.bus.seal.Session;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.Request;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets in what comes from other processes: sealed by who says to have sent it, for this process, now, once, and allowed. */
final class Doorkeeper {
    /** A request that was let in, and the way back. */
    record Admitted(Request<?> request, Answering answering) {}

    /** One that was held up would make a list look fresh that is not. All else that is told is better late than never. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);

    private final Link link;

    Doorkeeper(Link link) {
        this.link = link;
    }

    /** Completes with null where it was refused, or answered already. */
    <Q extends Request<?>> Future<@Nullable Admitted> admit(
            Envelope envelope, Message<Object> message, Class<Q> family) {
        return link.contacts().with(envelope.sender()).transform(met -> {
            Session session = met.result();
            Content content = session == null || envelope.kind() != Envelope.Kind.REQUEST
                    ? null
                    : session.open(envelope, message.address());
            Reason flaw = session == null ? Reason.UNKNOWN : flaw(session, envelope, content);
            if (session == null || content == null || flaw != null) {
                refuse(flaw == null ? Reason.FORGED : flaw, envelope.sender(), message);
                return Future.succeededFuture();
            }
            return Future.succeededFuture(
                    admit(new SealedAnswering(link, session, envelope, message), content, family));
        });
    }

    private @Nullable Reason flaw(Session session, Envelope envelope, @Nullable Content content) {
        if (content == null) {
            return Reason.FORGED;
        }
        if (!content.isOf(link.clock().millis())) {
            return Reason.LATE;
        }
        return session.isNew(envelope) ? null : Reason.REPEATED;
    }

    private <Q extends Request<?>> @Nullable Admitted admit(
            SealedAnswering answering, Content content, Class<Q> family) {
        Record record = readable(content);
        if (!family.isInstance(record)) {
            answering.fail(new OAuthError.NotFound("message"));
            return null;
        }
        Request<?> request = family.cast(record);
        if (isOverdue(answering.session(), content, request.timeout())) {
            // Nobody waits for an answer, and done by now it could undo what was done elsewhere instead.
            link.refusals().add(Reason.LATE, answering.session().peer().node(), request.address());
            return null;
        }
        Set<Part> parts = answering.session().peer().parts();
        if (!Permissions.mayAsk(parts, request)) {
            link.refusals().add(Reason.FORBIDDEN, answering.session().peer().node(), request.address());
            answering.fail(new OAuthError.Protocol(
                    Code.ACCESS_DENIED, "a node may not ask that whose certificate names the roles " + parts));
            return null;
        }
        return new Admitted(request, answering);
    }

    private boolean isOverdue(Session session, Content content, Duration most) {
        return session.isOverdue(content, most, link.clock().millis());
    }

    private static @Nullable Record readable(Content content) {
        try {
            return RecordFrame.read(content.body());
        } catch (RuntimeException ofAnotherBuild) {
            return null;
        }
    }

    /** Not sealed, and so not believed by who asks honestly: it only need not wait. */
    void refuse(Reason reason, String sender, Message<Object> message) {
        link.refusals().add(reason, sender, message.address());
        Answering.inProcess(message).fail(new OAuthError.Unavailable(ReplyErrors.part(message.address())));
    }

    /** Completes with null where it was refused. */
    Future<@Nullable Event> hear(Envelope envelope) {
        return link.contacts()
                .with(envelope.sender())
                .map(session -> heard(session, envelope))
                .otherwise(unknown -> {
                    link.refusals().add(Reason.UNKNOWN, envelope.sender(), Event.ADDRESS);
                    return null;
                });
    }

    private @Nullable Event heard(Session session, Envelope envelope) {
        Content content = session.openEvent(envelope);
        Reason flaw = flaw(session, envelope, content);
        Record said = content == null || flaw != null ? null : readable(content);
        if (said instanceof Event event && !Permissions.maySay(session.peer().parts(), event)) {
            flaw = Reason.FORBIDDEN;
        }
        if (content != null
                && flaw == null
                && isOverdue(session, content, HEARTBEAT)
                && said instanceof Event.Heartbeat) {
            flaw = Reason.LATE;
        }
        if (flaw != null) {
            link.refusals().add(flaw, envelope.sender(), Event.ADDRESS);
            return null;
        }
        return said instanceof Event event ? event : null;
    }
}
