package io.gatehouse.common.bus;

import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells questions that come late, or twice. One for all event loops of a process. */
final class LateOrRepeated {
    /** How far two clocks may differ, with the way of a message. */
    static final Duration SKEW = Duration.ofSeconds(10);

    /** Twice the skew, at 10,000 a second. */
    private static final int MOST = 200_000;

    private final Map<String, Long> seen = new LinkedHashMap<>();
    private final Clock clock;

    LateOrRepeated(Clock clock) {
        this.clock = clock;
    }

    /**
     * Whether it came in time and for the first time. A full memory lets nothing pass: what is forgotten early could come twice.
     *
     * @param sender whose ids are its own
     */
    synchronized boolean isNew(String sender, ApplicationCall call) {
        long now = clock.millis();
        if (Math.abs(now - call.sentAt()) > SKEW.toMillis()) {
            return false;
        }
        forgetBefore(now - 2 * SKEW.toMillis());
        return seen.size() < MOST && seen.putIfAbsent(sender + "\n" + call.id(), now) == null;
    }

    private void forgetBefore(long then) {
        Iterator<Long> oldest = seen.values().iterator();
        while (oldest.hasNext() && oldest.next() < then) {
            oldest.remove();
        }
    }
}
