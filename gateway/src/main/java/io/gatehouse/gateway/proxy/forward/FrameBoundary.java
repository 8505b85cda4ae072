package io.gatehouse.gateway.proxy.forward;

import io.vertx.core.buffer.Buffer;

/**
 * Follows the frames of a WebSocket (RFC 6455, section 5.2) only so far as to know where one ends: there, a frame of ours fits
 * in.
 */
final class FrameBoundary {
    private static final int SHORTEST = 2;
    private static final int MASKED = 0x80;

    private final byte[] head = new byte[14];
    private int read;
    private int needed = SHORTEST;
    private long payload;

    void follow(Buffer bytes) {
        int at = 0;
        while (at < bytes.length()) {
            if (payload > 0) {
                int step = (int) Math.min(payload, bytes.length() - at);
                at += step;
                payload -= step;
            } else {
                head[read++] = bytes.getByte(at++);
                headGrew();
            }
        }
    }

    /** Whether the last frame is whole. */
    boolean isClear() {
        return read == 0 && payload == 0;
    }

    private void headGrew() {
        if (read == SHORTEST) {
            int mask = (head[1] & MASKED) == 0 ? 0 : 4;
            needed = SHORTEST + lengthBytes() + mask;
        }
        if (read == needed) {
            payload = length();
            read = 0;
            needed = SHORTEST;
        }
    }

    private int lengthBytes() {
        return switch (head[1] & 0x7F) {
            case 126 -> 2;
            case 127 -> 8;
            default -> 0;
        };
    }

    private long length() {
        int bytes = lengthBytes();
        long length = bytes == 0 ? head[1] & 0x7F : 0;
        for (int i = 0; i < bytes; i++) {
            length = length << 8 | (head[SHORTEST + i] & 0xFF);
        }
        return length & Long.MAX_VALUE;
    }
}
