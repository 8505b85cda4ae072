package io.gatehouse.common.bus;

import io.gatehouse.common.bus.seal.Envelope;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/**
 * The one codec. In process a record is handed over as it is; between processes nothing travels but an {@link Envelope}: a record never
 * comes from outside.
 */
final class RecordMessageCodec implements MessageCodec<Record, Record> {
    static final String NAME = "gatehouse";

    /** Stands for what arrived and could not be read; it is never sent. */
    record Unreadable(String reason) {}

    @Override
    public void encodeToWire(Buffer buffer, Record message) {
        if (!(message instanceof Envelope envelope)) {
            throw new IllegalStateException("a message must not leave the process unsealed");
        }
        envelope.write(buffer);
    }

    /** Never throws: Vert.x would forget the asker over it, who would then wait for ever. */
    @Override
    public Record decodeFromWire(int start, Buffer buffer) {
        try {
            return Envelope.read(start, buffer);
        } catch (RuntimeException unreadable) {
            return new Unreadable(String.valueOf(unreadable.getMessage()));
        }
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
