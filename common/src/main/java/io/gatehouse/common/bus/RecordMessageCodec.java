package io.gatehouse.common.bus;

import io.gatehouse.common.codec.MalformedRecord;
import io.gatehouse.common.codec.RecordCodec;
import io.gatehouse.common.crypto.Bytes;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.nio.charset.StandardCharsets;

/**
 * The one codec. In process a record is handed over as it is; between nodes it is written as: version (1 byte), length
 * of the short name (1), short name, length of the authentication block (2), the block (key id and MAC on a cluster
 * that demands them, else empty), length of the body (4), body.
 */
final class RecordMessageCodec implements MessageCodec<Record, Record> {
    static final String NAME = "gatehouse";
    private static final byte VERSION = 1;

    /** Stands for what arrived and could not be read; it is never sent. */
    record Unreadable(String reason) {}

    @Override
    public void encodeToWire(Buffer buffer, Record message) {
        byte[] name = MessageTypes.nameOf(message.getClass()).getBytes(StandardCharsets.US_ASCII);
        byte[] body = RecordCodec.encode(message).toArray();
        buffer.appendByte(VERSION).appendByte((byte) name.length).appendBytes(name);
        buffer.appendUnsignedShort(0);
        buffer.appendInt(body.length).appendBytes(body);
    }

    /** Never throws: Vert.x would forget the asker over it, who would then wait for ever. */
    @Override
    public Record decodeFromWire(int start, Buffer buffer) {
        try {
            return read(start, buffer);
        } catch (RuntimeException unreadable) {
            return new Unreadable(String.valueOf(unreadable.getMessage()));
        }
    }

    /** @throws MalformedRecord where the rest of {@code buffer} is not exactly one message */
    static Record read(int start, Buffer buffer) {
        try {
            return readChecked(start, buffer);
        } catch (IndexOutOfBoundsException truncated) {
            throw new MalformedRecord("a message ends early");
        }
    }

    private static Record readChecked(int start, Buffer buffer) {
        if (buffer.getByte(start) != VERSION) {
            throw new MalformedRecord("a message has a version that this build does not know");
        }
        int nameEnd = start + 2 + buffer.getUnsignedByte(start + 1);
        String name = buffer.getString(start + 2, nameEnd, StandardCharsets.US_ASCII.name());
        int lengthAt = nameEnd + 2 + buffer.getUnsignedShort(nameEnd);
        int bodyAt = lengthAt + 4;
        if (buffer.getInt(lengthAt) != buffer.length() - bodyAt) {
            throw new MalformedRecord("a message is shorter or longer than it says");
        }
        Class<? extends Record> type = MessageTypes.byName(name);
        if (type == null) {
            throw new MalformedRecord("a message has a name that this build does not know");
        }
        return RecordCodec.decode(Bytes.owned(buffer.getBytes(bodyAt, buffer.length())), type);
    }

    @Override
    public Record transform(Record message) {
        return message;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
