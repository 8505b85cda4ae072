package io.gatehouse.deploy.process;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** How long something took, time after time. */
final class Delays {
    private final List<Long> nanos = new ArrayList<>();

    void add(long one) {
        nanos.add(one);
    }

    int count() {
        return nanos.size();
    }

    private double millis(double share) {
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size()))) / 1e6;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d times, p50 %.1f ms, p99 %.1f ms, longest %.1f ms",
                nanos.size(),
                millis(0.5),
                millis(0.99),
                millis(1));
    }
}
