package io.gatehouse.common.bus;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells questions that come late, or twice. One for all event loops of a process. */
final class LateOrRepeated {
    /** How far two clocks may differ, with the way of a message. */
    static final Duration SKEW = Duration.ofSeconds(10);

    /** Of one sender: twice the skew, at 10,000 a second. */
    private static final int MOST = 200_000;

    /** By sender, of whom there are few: none uses up what another needs. */
    private final Map<String, Map<String, Long>> seen = new HashMap<>();

    private final Clock clock;
    private final int most;

    LateOrRepeated(Clock clock) {
        this(clock, MOST);
    }

    LateOrRepeated(Clock clock, int most) {
        this.clock = clock;
        this.most = most;
    }

    /**
     * Whether it came in time and for the first time. A full memory lets nothing pass: what is forgotten early could come twice.
     *
     * @param sender one that proved itself, whose ids are its own
     */
    synchronized boolean isNew(String sender, ApplicationCall call) {
        long now = clock.millis();
        if (Math.abs(now - call.sentAt()) > SKEW.toMillis()) {
            return false;
        }
        Map<String, Long> own = seen.computeIfAbsent(sender, first -> new LinkedHashMap<>());
        forgetBefore(now - 2 * SKEW.toMillis(), own);
        return own.size() < most && own.putIfAbsent(call.id(), now) == null;
    }

    private static void forgetBefore(long then, Map<String, Long> own) {
        Iterator<Long> oldest = own.values().iterator();
        while (oldest.hasNext() && oldest.next() < then) {
            oldest.remove();
        }
    }
}
