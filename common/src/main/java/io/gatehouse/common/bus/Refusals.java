package io.gatehouse.common.bus;

import io.gatehouse.common.metric.Exposition;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;

/**
 * What came from other processes and was not taken: counted, and told to those who watch, without what it said. A stranger may send as much
 * as it likes and fills no log: beyond a few lines a minute only their number is told.
 */
final class Refusals {
    /** Why. */
    enum Reason {
        /** It was no envelope. */
        UNSEALED,
        /** Its sender has shown no certificate that counts. */
        UNKNOWN,
        /** The one who is named as its sender did not make it, or not for this. */
        FORGED,
        /** By its time. */
        LATE,
        /** By its number. */
        REPEATED,
        /** Its sender may not ask or say it. */
        FORBIDDEN
    }

    private static final System.Logger AUDIT = System.getLogger("gatehouse.audit");
    private static final Pattern NODE = Pattern.compile("[A-Za-z0-9._-]{1,80}");
    private static final long WINDOW_MILLIS = 60_000;
    private static final int LINES = 30;

    private static final Reason[] REASONS = Reason.values();

    private final Map<Reason, LongAdder> counts = new ConcurrentHashMap<>();
    private final Clock clock;
    private long windowEnds;
    private int lines;
    private long untold;

    Refusals(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param node that it says to be from; empty: it does not say
     * @param address that it came to
     */
    void add(Reason reason, String node, String address) {
        counter(reason).increment();
        long before = permit();
        if (before >= 0) {
            AUDIT.log(
                    System.Logger.Level.WARNING,
                    "bus_message_refused reason={0} node={1} address={2} untold={3}",
                    name(reason),
                    NODE.matcher(node).matches() ? node : "-",
                    address,
                    String.valueOf(before));
        }
    }

    /** How many were not told since the last line; -1: nor is this one. */
    private synchronized long permit() {
        long now = clock.millis();
        if (now >= windowEnds) {
            windowEnds = now + WINDOW_MILLIS;
            lines = 0;
        }
        if (lines == LINES) {
            untold++;
            return -1;
        }
        lines++;
        long before = untold;
        untold = 0;
        return before;
    }

    void measure(Exposition out) {
        out.counter("gatehouse_bus_refused_total", "Messages of other processes that were not taken, by reason.");
        for (Reason reason : REASONS) {
            out.add(count(reason), "reason", name(reason));
        }
    }

    long count(Reason reason) {
        return counter(reason).sum();
    }

    private LongAdder counter(Reason reason) {
        return counts.computeIfAbsent(reason, first -> new LongAdder());
    }

    private static String name(Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
