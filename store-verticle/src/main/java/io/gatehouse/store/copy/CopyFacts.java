package io.gatehouse.store.copy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stores say about copies, by the names of their facts, and what that means for a node that is to start on one. */
public final class CopyFacts {
    /** Of a source: id of the copy, a space, and where it is. */
    static final String FROZEN = "frozen";
    /** Of a copy that is under way: its id. */
    static final String COPY_OF = "copy_of";
    /** How far it is: kind, a line end, and the last row. */
    static final String COPIED_TO = "copied_to";
    /** Of a complete copy: its id. */
    static final String COPIED_FROM = "copied_from";
    /** When a node may start, in milliseconds since 1970. */
    static final String OPENS_AT = "opens_at";
    /** One-time values were remembered by another server beside the store. */
    static final String SPENT_ELSEWHERE = "spent_elsewhere";

    static final String DEMO = "demo";

    /** No JWT of a client is accepted, and no other value remembered, for longer: an hour, with room for clocks that differ. */
    public static final Duration LONGEST_JWT = Duration.ofMinutes(62);

    private CopyFacts() {}

    /**
     * Why no node may work on the store, to be read after its name; null: one may.
     *
     * @param facts of the store
     */
    public static @Nullable String refusal(Map<String, String> facts, Instant now) {
        String frozen = facts.get(FROZEN);
        if (frozen != null) {
            return "is frozen for its copy in " + place(frozen)
                    + ": complete that by `gatehouse store copy`, start on it once"
                    + " it is complete, or give it up and run `gatehouse store copy --from FILE --unfreeze`";
        }
        if (facts.containsKey(COPY_OF)) {
            return "holds half a copy: run the same `gatehouse store copy` again to complete it";
        }
        String opensAt = facts.get(OPENS_AT);
        if (opensAt != null && now.isBefore(instant(opensAt))) {
            return "is a copy without the memory of what was in Redis: start on it at "
                    + instant(opensAt).truncatedTo(ChronoUnit.SECONDS).plusSeconds(1)
                    + " or later, when no JWT of before counts any more";
        }
        return null;
    }

    static String id(String frozen) {
        return frozen.substring(0, frozen.indexOf(' '));
    }

    static String place(String frozen) {
        return frozen.substring(frozen.indexOf(' ') + 1);
    }

    static Instant instant(String opensAt) {
        return Instant.ofEpochMilli(Long.parseLong(opensAt));
    }
}
