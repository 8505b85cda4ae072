package io.gatehouse.gateway.http;

/**
 * How many bytes of requests that have not arrived whole one event loop may hold. Limits per request alone would let many
 * senders together fill the heap, before anybody asked who they are.
 */
final class ByteBudget {
    /** What all loops together may use of the heap. */
    private static final int SHARE_OF_HEAP = 8;

    private static final long LEAST = 1 << 20;

    private final long most;
    private long held;

    ByteBudget(long most) {
        this.most = most;
    }

    /** The share of one of {@code loops}. */
    static ByteBudget ofHeap(int loops) {
        return new ByteBudget(Math.max(LEAST, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / loops));
    }

    /** Whether there was room; where there was not, the bytes are held all the same until they are given back. */
    boolean take(long bytes) {
        held += bytes;
        return held <= most;
    }

    void give(long bytes) {
        held -= bytes;
    }
}
