package io.gatehouse.common.bus.seal;

import io.gatehouse.common.crypto.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What a process says to all others, in an order that they can see: signed, since all of them must read it. */
public final class Announcement {
    private static final Bytes LABEL = Bytes.utf8("gatehouse bus event v1\n");

    private final Identity own;
    private final AtomicLong said = new AtomicLong();

    public Announcement(Identity own) {
        this.own = own;
    }

    public Envelope sign(Content content) {
        long number = said.incrementAndGet();
        Bytes encoded = content.encode();
        Bytes signature = own.sign(signed(own.node(), number, encoded));
        return new Envelope(Envelope.Kind.EVENT, own.node(), number, 0, signature.plus(encoded));
    }

    static @Nullable Content open(Envelope envelope, Peer peer) {
        Bytes content = unproved(envelope);
        return content != null
                        && envelope.sender().equals(peer.node())
                        && peer.hasSigned(
                                signed(envelope.sender(), envelope.number(), content),
                                envelope.content().slice(0, Identity.SIGNATURE_BYTES))
                ? Content.read(content)
                : null;
    }

    /** What it says, whoever made it; null: it is no event. */
    public static @Nullable Content hint(Envelope envelope) {
        Bytes content = unproved(envelope);
        return content == null ? null : Content.read(content);
    }

    private static @Nullable Bytes unproved(Envelope envelope) {
        Bytes all = envelope.content();
        boolean isEvent = envelope.kind() == Envelope.Kind.EVENT && envelope.question() == 0;
        return isEvent && all.length() >= Identity.SIGNATURE_BYTES + Long.BYTES
                ? all.slice(Identity.SIGNATURE_BYTES, all.length())
                : null;
    }

    private static Bytes signed(String sender, long number, Bytes content) {
        byte[] id = sender.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer head = ByteBuffer.allocate(2 + id.length + Long.BYTES);
        head.put(Envelope.VERSION).put((byte) id.length).put(id).putLong(number);
        return LABEL.plus(Bytes.owned(head.array())).plus(content);
    }
}
