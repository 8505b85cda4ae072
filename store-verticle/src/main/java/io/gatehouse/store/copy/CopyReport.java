package io.gatehouse.store.copy;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A copy that is complete.
 *
 * @param rows of each kind, in the order in which they were copied
 * @param opensAt no node starts on the copy before; null: at once
 * @param before whether it was complete before this run, which did nothing
 */
public record CopyReport(Map<String, Long> rows, @Nullable Instant opensAt, boolean before) {
    public CopyReport {
        rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
    }
}
