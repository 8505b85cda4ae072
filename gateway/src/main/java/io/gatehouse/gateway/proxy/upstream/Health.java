package io.gatehouse.gateway.proxy.upstream;

import java.time.Duration;

/**
 * How one upstream does, as the requests to it tell one event loop. After some failures in a row it rests, then one request
 * tries it out; as long as that fails it rests longer each time. Times are nanoseconds of a monotonic clock.
 */
final class Health {
    /** Fewer may be one request that its sender repeats. */
    static final int MOST_FAILURES = 5;

    static final Duration FIRST_REST = Duration.ofSeconds(5);
    static final Duration LONGEST_REST = Duration.ofMinutes(1);
    /** No longer rests follow upon this many. */
    private static final int MOST_DOUBLINGS = 10;

    private int failures;
    /** Answers that broke off in a row; each began well, which says nothing about how it ends. */
    private int breaks;

    private int rests;
    /** Of the rest, or of the return from it. */
    private long since;

    private boolean resting;
    private boolean onTrial;

    boolean isResting() {
        return resting;
    }

    /**
     * Whether it has rested long enough for a request to try it out, and none does so yet.
     *
     * @param repeatable whether the request may be sent to another upstream if that fails; one that may not goes only where
     *     no other came in as long a time again
     */
    boolean isDue(long now, boolean repeatable) {
        return resting && !onTrial && now - since >= (repeatable ? rest() : 2 * rest());
    }

    /** One request goes to it; how that went is told by one of those below. */
    void tryOut() {
        onTrial = true;
    }

    /** The sender of the request that tried it out went away. */
    void undecided() {
        onTrial = false;
    }

    /**
     * An answer began.
     *
     * @param trial whether this is of the request that tried it out: of those before it, one may come late
     */
    void answered(long now, boolean trial) {
        if (!resting) {
            failures = 0;
        } else if (trial) {
            failures = 0;
            resting = false;
            onTrial = false;
            since = now;
        }
    }

    /** An answer ended as it should. */
    void finished() {
        breaks = 0;
    }

    /** An answer broke off. */
    void brokeOff(long now, boolean dispensable) {
        breaks++;
        if (!resting && breaks >= MOST_FAILURES && dispensable) {
            restFrom(now);
        }
    }

    /**
     * No answer began, or one that says as much.
     *
     * @param dispensable whether there are enough others for its requests
     * @param trial whether this is of the request that tried it out
     */
    void failed(long now, boolean dispensable, boolean trial) {
        if (resting) {
            if (trial) {
                restFrom(now);
            }
            return;
        }
        failures++;
        if (failures >= MOST_FAILURES && dispensable) {
            restFrom(now);
        }
    }

    private void restFrom(long now) {
        boolean wasGoodForLong = !resting && now - since > LONGEST_REST.toNanos();
        rests = wasGoodForLong ? 1 : Math.min(rests + 1, MOST_DOUBLINGS);
        breaks = 0;
        resting = true;
        onTrial = false;
        since = now;
    }

    private long rest() {
        return Math.min(FIRST_REST.toNanos() << (rests - 1), LONGEST_REST.toNanos());
    }
}
