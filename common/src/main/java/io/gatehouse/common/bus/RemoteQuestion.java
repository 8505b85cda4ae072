package io.gatehouse.common.bus;

import io.gatehouse.common.bus.seal.Content;
import io.gatehouse.common.bus.seal.Envelope;
import io.gatehouse.common.bus.seal.Session;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.error.BusFailures;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Request;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyFailure;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * A request to another process. Only what the one that was asked has sealed is an answer, and a failure too: all else is as if nobody had
 * answered. A node may hang: what changes nothing is then asked once more, of another one where there is one.
 */
final class RemoteQuestion<R> {
    /** Nodes that had withdrawn by the time they were asked. */
    private static final int MOST_GONE = 8;

    private final Link link;
    private final Request<R> request;
    private final Set<String> asked = new HashSet<>();
    private boolean mayRepeat;
    private int gone;

    RemoteQuestion(Link link, Request<R> request) {
        this.link = link;
        this.request = request;
        this.mayRepeat = request.isRead();
    }

    /** @return fails with {@code OAuthFailure} only */
    Future<R> ask() {
        return link.servers()
                .pick(request.address(), Permissions.answering(request), asked)
                .transform(picked -> picked.result() == null ? nobody() : send(picked.result()));
    }

    private Future<R> send(Session session) {
        String node = session.peer().node();
        String address = request.address() + "." + node;
        asked.add(node);
        Envelope question =
                session.seal(Envelope.Kind.REQUEST, address, 0, link.content(RecordFrame.write((Record) request)));
        Future<Message<Object>> answer = link.eventBus().request(address, question, Bus.options(request.timeout()));
        return answer.transform(outcome -> outcome.succeeded()
                ? open(session, question, address, outcome.result())
                : unanswered(node, outcome.cause()));
    }

    private Future<R> open(Session session, Envelope question, String address, Message<Object> message) {
        Content content =
                Bus.body(message) instanceof Envelope answer ? session.openAnswer(answer, question, address) : null;
        if (content == null) {
            link.refusals().add(Refusals.Reason.FORGED, session.peer().node(), "reply");
            return again();
        }
        return ((Envelope) message.body()).kind() == Envelope.Kind.FAILURE
                ? Future.failedFuture(failure(content.body()).failure())
                : Future.succeededFuture(answer(content.body()));
    }

    private R answer(Bytes frame) {
        Record reply = read(frame);
        if (MessageTypes.answers(request, reply)) {
            @SuppressWarnings("unchecked")
            R answer = (R) reply;
            return answer;
        }
        throw ReplyErrors.wrongReply(request, reply).failure();
    }

    private static Record read(Bytes frame) {
        try {
            return RecordFrame.read(frame);
        } catch (RuntimeException unreadable) {
            return new RecordMessageCodec.Unreadable(String.valueOf(unreadable.getMessage()));
        }
    }

    private static OAuthError failure(Bytes body) {
        return BusFailures.read(
                ByteBuffer.wrap(body.slice(0, Integer.BYTES).toArray()).getInt(),
                body.utf8(Integer.BYTES, body.length()));
    }

    static Bytes encode(OAuthError error) {
        byte[] number = ByteBuffer.allocate(Integer.BYTES)
                .putInt(BusFailures.number(error))
                .array();
        return Bytes.owned(number).plus(Bytes.utf8(BusFailures.text(error)));
    }

    /** Anybody may say that nobody serves an address; it is asked on only where that is so, so that nothing is done twice. */
    private Future<R> unanswered(String node, Throwable cause) {
        if (ReplyErrors.isFailure(cause, ReplyFailure.RECIPIENT_FAILURE)) {
            link.refusals().add(Refusals.Reason.UNSEALED, node, "reply");
        }
        if (!ReplyErrors.isFailure(cause, ReplyFailure.NO_HANDLERS) || gone++ >= MOST_GONE) {
            return again();
        }
        return link.servers()
                .serves(node, request.address())
                .transform(serves -> Boolean.TRUE.equals(serves.result()) ? again() : ask());
    }

    private Future<R> again() {
        if (!mayRepeat) {
            return nobody();
        }
        mayRepeat = false;
        return ask();
    }

    private Future<R> nobody() {
        return Future.failedFuture(new OAuthError.Unavailable(ReplyErrors.part(request.address())).failure());
    }
}
