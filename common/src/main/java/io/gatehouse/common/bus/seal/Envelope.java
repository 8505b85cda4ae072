package io.gatehouse.common.bus.seal;

import io.gatehouse.common.codec.MalformedRecord;
import io.gatehouse.common.crypto.Bytes;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * A message between processes. On the wire: version (1 byte), kind (1), length of the sender's id (1), the id, number (8), number of the
 * question (8), length of the content (4), content. All of it but the content is readable, and nothing of it can be changed.
 *
 * @param sender its id in the cluster, as it says
 * @param number of this message among those of the sender for this receiver, or of its events
 * @param question number of the one that this answers; 0: it is none
 * @param content sealed; of an event a signature (64 bytes) and what it signs
 */
public record Envelope(Kind kind, String sender, long number, long question, Bytes content) {
    /** What it is for. */
    public enum Kind {
        REQUEST(0),
        ANSWER(1),
        FAILURE(2),
        EVENT(3);

        private final byte number;

        Kind(int number) {
            this.number = (byte) number;
        }

        /** On the wire. */
        byte number() {
            return number;
        }

        private static Kind of(int number) {
            return switch (number) {
                case 0 -> REQUEST;
                case 1 -> ANSWER;
                case 2 -> FAILURE;
                case 3 -> EVENT;
                default -> throw new MalformedRecord("a message is of a kind that this build does not know");
            };
        }
    }

    static final byte VERSION = 1;

    public void write(Buffer out) {
        byte[] id = sender.getBytes(StandardCharsets.US_ASCII);
        out.appendByte(VERSION).appendByte(kind.number());
        out.appendByte((byte) id.length).appendBytes(id);
        out.appendLong(number).appendLong(question);
        out.appendInt(content.length()).appendBytes(content.toArray());
    }

    /** @throws MalformedRecord where the rest of {@code in} is not exactly one envelope */
    public static Envelope read(int start, Buffer in) {
        try {
            return readChecked(start, in);
        } catch (IndexOutOfBoundsException truncated) {
            throw new MalformedRecord("a message ends early");
        }
    }

    private static Envelope readChecked(int start, Buffer in) {
        int length = in.getByte(start + 2);
        if (in.getByte(start) != VERSION || length < 0) {
            throw new MalformedRecord("a message is no envelope that this build knows");
        }
        int numbersAt = start + 3 + length;
        int contentAt = numbersAt + 2 * Long.BYTES + Integer.BYTES;
        if (in.getInt(contentAt - Integer.BYTES) != in.length() - contentAt) {
            throw new MalformedRecord("a message is shorter or longer than it says");
        }
        return new Envelope(
                Kind.of(in.getByte(start + 1)),
                in.getString(start + 3, numbersAt, StandardCharsets.US_ASCII.name()),
                in.getLong(numbersAt),
                in.getLong(numbersAt + Long.BYTES),
                Bytes.owned(in.getBytes(contentAt, in.length())));
    }
}
