package io.gatehouse.common.bus.seal;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.CountedAead;
import io.gatehouse.common.crypto.Hkdf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * This process and one other: what one of them writes only the other reads, and both know who wrote it, to which address, in answer to what.
 * Both come to the same two keys, one for each direction, by their own private key and the other's hello (X25519, HKDF-SHA256 over
 * the digests of both hellos). Safe to share between threads.
 */
public final class Session {
    /** Longer than anything that was taken could be sent again, by its time. */
    private static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Identity own;
    private final Peer peer;
    private final CountedAead sealing;
    private final CountedAead opening;
    private final Window asked = new Window();
    private final Window told = new Window();
    private final Delay delay = new Delay();
    private volatile long lastTaken = System.nanoTime();

    private Session(Identity own, Peer peer, CountedAead sealing, CountedAead opening) {
        this.own = own;
        this.peer = peer;
        this.sealing = sealing;
        this.opening = opening;
    }

    /** Takes a millisecond. @throws GeneralSecurityException where the peer's key is a bad one */
    public static Session between(Identity own, Peer peer) throws GeneralSecurityException {
        Bytes secret = own.agree(peer.agreement());
        return new Session(
                own,
                peer,
                key(secret, own.hello().digest(), peer.digest()),
                key(secret, peer.digest(), own.hello().digest()));
    }

    private static CountedAead key(Bytes secret, String sender, String receiver) {
        return new CountedAead(Hkdf.derive(secret, "gatehouse bus v1\n" + sender + "\n" + receiver));
    }

    public Peer peer() {
        return peer;
    }

    /**
     * @param address that it is sent to; of an answer, that the question was sent to
     * @param question number of the one that it answers; 0: it is none
     */
    public Envelope seal(Envelope.Kind kind, String address, long question, Content content) {
        long number = own.nextNumber();
        Bytes box = sealing.seal(number, content.encode(), bound(kind, question, address));
        return new Envelope(kind, own.node(), number, question, box);
    }

    /** Null where the peer did not seal it, for this process and that address; it may come late or twice. */
    public @Nullable Content open(Envelope envelope, String address) {
        Bytes aad = bound(envelope.kind(), envelope.question(), address);
        Bytes opened = opening.open(envelope.number(), envelope.content(), aad);
        return opened == null || opened.length() < Long.BYTES ? null : Content.read(opened);
    }

    /** As {@link #open}, of the answer to a question. */
    public @Nullable Content openAnswer(Envelope envelope, Envelope question, String address) {
        boolean answers = envelope.kind() == Envelope.Kind.ANSWER || envelope.kind() == Envelope.Kind.FAILURE;
        return answers && envelope.question() == question.number() ? open(envelope, address) : null;
    }

    /** Null where the peer did not sign it; it may come late or twice. */
    public @Nullable Content openEvent(Envelope envelope) {
        return Announcement.open(envelope, peer);
    }

    /** Whether a question, or an event, that was opened comes for the first time. */
    public boolean isNew(Envelope envelope) {
        lastTaken = System.nanoTime();
        return (envelope.kind() == Envelope.Kind.EVENT ? told : asked).take(envelope.number());
    }

    /**
     * Whether a question, or an event, that was opened was longer on its way than it may be, as far as that can be told.
     *
     * @param now milliseconds since 1970; it was sent within what {@link Content#isOf} allows
     */
    public boolean isOverdue(Content content, Duration most, long now) {
        return delay.isOver(most, content.sentAt(), now);
    }

    /** Whether it may be forgotten: what it took would come too late by now. */
    public boolean isIdle() {
        return System.nanoTime() - lastTaken > REMEMBERED_NANOS;
    }

    /** Who writes to whom is in the key. */
    private static Bytes bound(Envelope.Kind kind, long question, String address) {
        byte[] to = address.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bound = ByteBuffer.allocate(2 + Long.BYTES + to.length);
        bound.put(Envelope.VERSION).put(kind.number()).putLong(question).put(to);
        return Bytes.owned(bound.array());
    }
}
