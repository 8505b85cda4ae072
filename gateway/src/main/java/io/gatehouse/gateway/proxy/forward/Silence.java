package io.gatehouse.gateway.proxy.forward;

import java.time.Duration;

/** How long nothing may move on what is on its way. */
public final class Silence {
    private final long halfDoneNanos;
    private final long streamNanos;

    /**
     * @param halfDone where a side has yet to send the rest of a request, or to read what it was sent
     * @param stream where both sides may be silent: an answer that has begun, a WebSocket
     */
    public Silence(Duration halfDone, Duration stream) {
        this.halfDoneNanos = halfDone.toNanos();
        this.streamNanos = stream.toNanos();
    }

    boolean isTooLongHalfDone(long nanos) {
        return nanos > halfDoneNanos;
    }

    boolean isTooLongForStream(long nanos) {
        return nanos > streamNanos;
    }
}
