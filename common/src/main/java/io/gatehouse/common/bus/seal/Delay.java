package io.gatehouse.common.bus.seal;

import java.time.Duration;

/**
 * Tells what was long on its way, from one sender whose clock shows another time than ours: the smallest difference between sending and
 * coming that was seen lately is that of the clocks, and what goes beyond it is the way. A process that is halted and goes on finds
 * what came meanwhile, and must not do it when nobody waits for it any more: of that, each took less than the one before. A clock that was
 * set shows in that all take the same, for seconds. Safe to share between threads.
 */
final class Delay {
    /** The difference is that of the present window and the one before. */
    static final long WINDOW_MILLIS = 15_000;

    /** So long must all have taken the same until it is the clocks that differ. */
    static final long SETTLED_MILLIS = 3_000;

    /** What that is: what waited is read many times as fast as it was sent. */
    static final long SAME_MILLIS = 500;

    private static final int SAME_TIMES = 3;

    /** After such a silence nothing can have waited for as long as messages count, and clocks drift. */
    static final long FORGOTTEN_MILLIS = 60_000;

    private static final long NONE = Long.MAX_VALUE;

    private long begun;
    private long latest;
    private long present = NONE;
    private long before = NONE;
    /** Of those that took longer than usual, since the last that did not: from when they took the same, and how long. */
    private long sameSince;

    private long same = NONE;
    private int sameTimes;

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
        if (took - Math.min(took, Math.min(present, before)) <= SAME_MILLIS) {
            same = NONE;
        } else if (isSame(took, now)) {
            // Begun anew: what was known before is of another clock.
            before = NONE;
            present = took;
            same = NONE;
        }
        present = Math.min(present, took);
        return took - Math.min(present, before) > most.toMillis();
    }

    private boolean isSame(long took, long now) {
        if (same == NONE || isFar(took, same, SAME_MILLIS) || now < sameSince) {
            same = took;
            sameSince = now;
            sameTimes = 0;
        }
        sameTimes++;
        return sameTimes >= SAME_TIMES && now - sameSince >= SETTLED_MILLIS;
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
