package io.gatehouse.store.embedded;

import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When the writer thread sweeps and compacts: a little at a time, so that a request waits some milliseconds for it at
 * worst, and also under constant load, so that the file can't grow without bound. For the writer thread only.
 */
final class Housekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final long SWEEP_PAUSE_NANOS = 50_000_000L;
    private static final long ROUND_PAUSE_NANOS = 30_000_000_000L;
    private static final long REWRITE_PAUSE_NANOS = 250_000_000L;
    private static final long STEP_BYTES = 1 << 20;
    private static final int IDLE_FILL = 70;
    private static final int BUSY_FILL = 25;

    private final Sweep sweep;
    private final Clock clock;
    private long nextSweep = System.nanoTime();
    private long nextRewrite = System.nanoTime();
    private int stepsLeft;

    Housekeeping(Sweep sweep, Clock clock) {
        this.sweep = sweep;
        this.clock = clock;
    }

    void sweep(Tables tables) {
        long now = System.nanoTime();
        if (now - nextSweep >= 0) {
            boolean roundIsOver = slice(tables);
            nextSweep = now + (roundIsOver ? ROUND_PAUSE_NANOS : SWEEP_PAUSE_NANOS);
        }
    }

    /** A row that can't be read must not fail the requests of the batch. */
    private boolean slice(Tables tables) {
        try {
            boolean roundIsOver = sweep.slice(tables, clock.instant());
            tables.undo.keep();
            return roundIsOver;
        } catch (RuntimeException e) {
            tables.undo.takeBack();
            LOG.error("Sweeping stopped at a row", e);
            return true;
        }
    }

    /**
     * One bounded step.
     *
     * @param idle nothing waits: a good moment to give back more
     * @return whether another step may help
     */
    boolean compact(StoreFile file, boolean idle) {
        if (idle) {
            return stepsLeft > 0 && idleStep(file);
        }
        // Twice what it takes: the steps end also where the file can't get any better.
        stepsLeft = 8 + (int) (file.bytes() / STEP_BYTES * 2);
        long now = System.nanoTime();
        if (now - nextRewrite >= 0) {
            nextRewrite = now + REWRITE_PAUSE_NANOS;
            return file.rewrite(BUSY_FILL);
        }
        return false;
    }

    private boolean idleStep(StoreFile file) {
        boolean worked = file.rewrite(IDLE_FILL) || file.moveTogether(IDLE_FILL);
        stepsLeft = worked ? stepsLeft - 1 : 0;
        return worked;
    }
}
