package io.gatehouse.common.bus;

import io.gatehouse.common.bus.seal.Envelope;
import io.gatehouse.common.bus.seal.Session;
import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.error.OAuthError;
import io.vertx.core.eventbus.Message;

/**
 * To another process, and bound to what it asked.
 *
 * @param message that {@code question} came in
 */
record SealedAnswering(Link link, Session session, Envelope question, Message<Object> message) implements Answering {
    @Override
    public void give(Record reply) {
        send(Envelope.Kind.ANSWER, RecordFrame.write(reply));
    }

    @Override
    public void fail(OAuthError error) {
        send(Envelope.Kind.FAILURE, RemoteQuestion.encode(error));
    }

    private void send(Envelope.Kind kind, Bytes body) {
        message.reply(session.seal(kind, message.address(), question.number(), link.content(body)), REPLY);
    }
}
