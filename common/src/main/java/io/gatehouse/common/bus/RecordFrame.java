package io.gatehouse.common.bus;

import io.gatehouse.common.codec.MalformedRecord;
import io.gatehouse.common.codec.RecordCodec;
import io.gatehouse.common.crypto.Bytes;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * A message as bytes, inside of what travels: version (1 byte), length of the short name (1), short name, length of a block that this build
 * leaves empty and passes over (2), the block, length of the body (4), body.
 */
final class RecordFrame {
    private static final byte VERSION = 1;

    private RecordFrame() {}

    static Bytes write(Record message) {
        byte[] name = MessageTypes.nameOf(message.getClass()).getBytes(StandardCharsets.US_ASCII);
        byte[] body = RecordCodec.encode(message).toArray();
        Buffer buffer = Buffer.buffer(name.length + body.length + 8);
        buffer.appendByte(VERSION).appendByte((byte) name.length).appendBytes(name);
        buffer.appendUnsignedShort(0);
        buffer.appendInt(body.length).appendBytes(body);
        return Bytes.owned(buffer.getBytes());
    }

    /** @throws MalformedRecord where it is not exactly one message of those that this build knows */
    static Record read(Bytes frame) {
        try {
            return readChecked(Buffer.buffer(frame.toArray()));
        } catch (IndexOutOfBoundsException truncated) {
            throw new MalformedRecord("a message ends early");
        }
    }

    private static Record readChecked(Buffer buffer) {
        if (buffer.getByte(0) != VERSION) {
            throw new MalformedRecord("a message has a version that this build does not know");
        }
        int nameEnd = 2 + buffer.getUnsignedByte(1);
        String name = buffer.getString(2, nameEnd, StandardCharsets.US_ASCII.name());
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
}
