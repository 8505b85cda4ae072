package io.gatehouse.gateway.proxy.forward;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

/** A WebSocket through the door: bytes as they come, both ways, until one side ends it or it is ended from here. */
final class Tunnel {
    /** RFC 6455, section 7.4.1. */
    static final int GOING_AWAY = 1001;

    static final int POLICY_VIOLATION = 1008;

    private final NetSocket sender;
    private final NetSocket upstream;
    private final FrameBoundary toSender = new FrameBoundary();
    private final FrameBoundary toUpstream = new FrameBoundary();
    private final Runnable onEnd;
    private boolean over;

    /** @param onEnd once, when either side has gone */
    Tunnel(NetSocket sender, NetSocket upstream, Runnable onEnd) {
        this.sender = sender;
        this.upstream = upstream;
        this.onEnd = onEnd;
    }

    void begin() {
        join(sender, upstream, toUpstream);
        join(upstream, sender, toSender);
    }

    private void join(NetSocket from, NetSocket to, FrameBoundary frames) {
        from.handler(bytes -> {
            if (over) {
                return;
            }
            frames.follow(bytes);
            Future<Void> unused = to.write(bytes);
            if (to.writeQueueFull()) {
                from.pause();
                to.drainHandler(room -> from.resume());
            }
        });
        from.exceptionHandler(broken -> {});
        from.closeHandler(closed -> {
            Future<Void> unused = to.end();
            end();
        });
    }

    private void end() {
        if (!over) {
            over = true;
            onEnd.run();
        }
    }

    /** Ends it on both sides, with a code where a frame fits in. */
    void close(int code) {
        if (over) {
            return;
        }
        Buffer reason = Buffer.buffer().appendShort((short) code);
        leave(sender, toSender, Buffer.buffer(new byte[] {(byte) 0x88, 2}).appendBuffer(reason));
        // Masked, as what clients send is, by zeros.
        leave(
                upstream,
                toUpstream,
                Buffer.buffer(new byte[] {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0}).appendBuffer(reason));
        end();
    }

    private static void leave(NetSocket side, FrameBoundary frames, Buffer last) {
        Future<Void> unused = frames.isClear() && !side.writeQueueFull() ? side.end(last) : side.close();
    }
}
