package io.gatehouse.deploy.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Hands events to a thread of its own, which writes whatever is queued at once. A reader that is too slow costs the lines
 * below WARN, which are counted, so that no event loop waits for it; warnings and errors have the last quarter of the
 * queue for themselves and wait only when that is full as well.
 */
final class QueuedAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private static final int CAPACITY = 4096;
    private static final int RESERVED = CAPACITY / 4;
    private static final long LAST_LINES_MILLIS = 1000;
    private static final long GATHER_MILLIS = 5;

    private final BlockingQueue<ILoggingEvent> queue;
    private final int reserved;
    private final AtomicLong dropped = new AtomicLong();
    private final PrintStream out;
    private final Logger logger;
    private final Thread writer = new Thread(this::writeUntilStopped, "log");
    private volatile LineFormat format = new TextFormat();
    private long droppedAndSaid;

    QueuedAppender(PrintStream out, Logger logger) {
        this(out, logger, CAPACITY, RESERVED);
    }

    /**
     * @param logger under which it speaks for itself
     * @param reserved places of the queue that are kept for warnings and errors
     */
    QueuedAppender(PrintStream out, Logger logger, int capacity, int reserved) {
        this.out = out;
        this.logger = logger;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.reserved = reserved;
        writer.setDaemon(true);
    }

    void format(LineFormat next) {
        format = next;
    }

    /** How many lines were never written. */
    long dropped() {
        return dropped.get();
    }

    @Override
    public void start() {
        super.start();
        writer.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (!event.getLevel().isGreaterOrEqual(Level.WARN) && queue.remainingCapacity() <= reserved) {
            dropped.incrementAndGet();
            return;
        }
        event.prepareForDeferredProcessing();
        try {
            queue.put(event);
        } catch (InterruptedException e) {
            dropped.incrementAndGet();
            Thread.currentThread().interrupt();
        }
    }

    /** Writes what is queued, for a second at most. */
    @Override
    public void stop() {
        super.stop();
        writer.interrupt();
        try {
            writer.join(LAST_LINES_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeUntilStopped() {
        List<ILoggingEvent> batch = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        while (takeFirst(batch)) {
            gather();
            write(batch, lines);
        }
        while (!queue.isEmpty()) {
            write(batch, lines);
        }
    }

    /** Waits for an event; false when the appender was stopped. */
    private boolean takeFirst(List<ILoggingEvent> batch) {
        try {
            return isStarted() && batch.add(queue.take());
        } catch (InterruptedException stopped) {
            return false;
        }
    }

    /** Waking this thread costs its caller more than the line: under load one wake-up serves many lines. */
    private void gather() {
        try {
            Thread.sleep(GATHER_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(List<ILoggingEvent> batch, StringBuilder lines) {
        queue.drainTo(batch);
        batch.forEach(event -> append(event, lines));
        sayDropped(lines);
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        out.flush();
        batch.clear();
        lines.setLength(0);
    }

    private void sayDropped(StringBuilder lines) {
        long now = dropped.get();
        if (now > droppedAndSaid) {
            String text = (now - droppedAndSaid) + " log lines were dropped: whoever reads the log is too slow";
            append(new LoggingEvent("", logger, Level.WARN, text, null, null), lines);
            droppedAndSaid = now;
        }
    }

    private void append(ILoggingEvent event, StringBuilder lines) {
        int start = lines.length();
        try {
            format.append(event, lines);
        } catch (RuntimeException broken) {
            // an argument whose toString fails must not end the log
            lines.setLength(start);
            lines.append("an event of ").append(event.getLoggerName()).append(" can't be written: ");
            lines.append(broken.getClass().getName()).append('\n');
        }
    }
}
