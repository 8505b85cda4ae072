package io.gatehouse.deploy.command;

import io.gatehouse.store.copy.CopyProgress;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How far a copy is, in a line each second. */
final class CopyLines implements CopyProgress {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PrintStream out;
    private final LongSupplier nanoTime;
    private long last;

    /** @param nanoTime a monotonic clock */
    CopyLines(PrintStream out, LongSupplier nanoTime) {
        this.out = out;
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    @Override
    public void copied(String kind, long done, long of) {
        long now = nanoTime.getAsLong();
        if (now - last >= PAUSE_NANOS) {
            last = now;
            out.println("Copied " + done + " of " + of + " " + kind);
        }
    }
}
