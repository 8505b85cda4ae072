package io.gatehouse.gateway.proxy.forward;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;

/** A WebSocket through the door: bytes as they come, both ways, until one side ends it or it is ended from here. */
final class Tunnel {
    /** RFC 6455, section 7.4.1. */
    static final int GOING_AWAY = 1001;

    static final int POLICY_VIOLATION = 1008;

    private static final String WEBSOCKET = "websocket";

    private final NetSocket sender;
    private final NetSocket upstream;
    private final Half toSender = new Half();
    private final Half toUpstream = new Half();
    private final Runnable onEnd;
    private boolean over;

    /** One of its two ways. */
    private static final class Half {
        final FrameBoundary frames = new FrameBoundary();
        long lastMoved = System.nanoTime();
        boolean held;

        boolean isHeld(long now, Silence silence) {
            return held && silence.isTooLongHalfDone(now - lastMoved);
        }
    }

    private Tunnel(NetSocket sender, NetSocket upstream, Runnable onEnd) {
        this.sender = sender;
        this.upstream = upstream;
        this.onEnd = onEnd;
    }

    /** Asks an upstream for one. */
    static Future<HttpClientResponse> askFor(HttpClientRequest request) {
        return request.putHeader(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE)
                .putHeader(HttpHeaders.UPGRADE, WEBSOCKET)
                .connect();
    }

    /**
     * The one that an upstream grants.
     *
     * @param onEnd once, when either side has gone
     */
    static Future<Tunnel> open(HttpServerRequest request, HttpClientResponse granted, Runnable onEnd) {
        request.response()
                .setStatusCode(101)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE)
                .putHeader(HttpHeaders.UPGRADE, WEBSOCKET);
        Upload.letCome(request);
        return request.toNetSocket().map(sender -> new Tunnel(sender, granted.netSocket(), onEnd));
    }

    void begin() {
        join(sender, upstream, toUpstream);
        join(upstream, sender, toSender);
    }

    private void join(NetSocket from, NetSocket to, Half half) {
        from.handler(bytes -> {
            if (over) {
                return;
            }
            half.frames.follow(bytes);
            half.lastMoved = System.nanoTime();
            Future<Void> unused = to.write(bytes);
            if (to.writeQueueFull()) {
                half.held = true;
                from.pause();
                to.drainHandler(room -> {
                    half.held = false;
                    half.lastMoved = System.nanoTime();
                    from.resume();
                });
            }
        });
        from.exceptionHandler(broken -> {});
        from.closeHandler(closed -> {
            Future<Void> unused = to.end();
            end();
        });
    }

    /** Whether a side has not read for too long, or neither has said anything for too long. */
    boolean isTooSilent(long now, Silence silence) {
        return toSender.isHeld(now, silence)
                || toUpstream.isHeld(now, silence)
                || silence.isTooLongForStream(Math.min(now - toSender.lastMoved, now - toUpstream.lastMoved));
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

    private static void leave(NetSocket side, Half half, Buffer last) {
        Future<Void> unused = half.frames.isClear() && !side.writeQueueFull() ? side.end(last) : side.close();
    }
}
