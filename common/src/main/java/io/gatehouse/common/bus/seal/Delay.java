package io.gatehouse.common.bus.seal;

import java.time.Duration;

/**
 * Tells what was long on its way, from one sender whose clock shows another time than ours: the smallest difference between sending and
 * coming that was seen lately is that of the clocks, and what goes beyond it is the way. A process that is halted and goes on finds
 * what came meanwhile, and must not do it when nobody waits for it any more. Safe to share between threads.
 */
final class Delay {
    /** The difference is that of the present window and the one before: a clock that was set counts after two of them. */
    static final long WINDOW_MILLIS = 15_000;

    /** After such a silence nothing can have waited for as long as messages count, and clocks drift. */
    static final long FORGOTTEN_MILLIS = 60_000;

    private static final long NONE = Long.MAX_VALUE;

    private long begun;
    private long latest;
    private long present = NONE;
    private long before = NONE;

    /**
     * Of the first message nothing can be told.
     *
     * @param sentAt milliseconds since 1970 by the sender's clock
     * @param now by ours; the two are within {@link Content#isOf}
     * @param most that it may have taken
     */
    synchronized boolean isOver(Duration most, long sentAt, long now) {
        turn(now);
        long took = now - sentAt;
        present = Math.min(present, took);
        return took - Math.min(present, before) > most.toMillis();
    }

    private void turn(long now) {
        if (isFar(now, latest, FORGOTTEN_MILLIS)) {
            present = NONE;
        }
        latest = now;
        // However long ago it began, one window follows the other: after a halt what was known before it is what
        // counts.
        if (isFar(now, begun, WINDOW_MILLIS)) {
            before = present;
            present = NONE;
            begun = now;
        }
    }

    /** Either way: ours may be set back. */
    private static boolean isFar(long now, long then, long most) {
        return now - then >= most || then - now >= most;
    }
}
