package io.gatehouse.common.bus.seal;

import io.gatehouse.common.crypto.Bytes;
import java.nio.ByteBuffer;

/**
 * What an envelope holds.
 *
 * @param sentAt milliseconds since 1970, by the sender's clock
 */
public record Content(long sentAt, Bytes body) {
    private static final long SKEW_MILLIS = 10_000;

    /** Whether it was sent within ten seconds of {@code now}: clocks differ, and messages take their time. */
    public boolean isOf(long now) {
        return sentAt >= now - SKEW_MILLIS && sentAt <= now + SKEW_MILLIS;
    }

    Bytes encode() {
        byte[] encoded = new byte[Long.BYTES + body.length()];
        ByteBuffer.wrap(encoded).putLong(sentAt);
        body.copyTo(encoded, Long.BYTES);
        return Bytes.owned(encoded);
    }

    /** @throws IndexOutOfBoundsException where it is too short */
    static Content read(Bytes encoded) {
        byte[] time = encoded.slice(0, Long.BYTES).toArray();
        return new Content(ByteBuffer.wrap(time).getLong(), encoded.slice(Long.BYTES, encoded.length()));
    }
}
