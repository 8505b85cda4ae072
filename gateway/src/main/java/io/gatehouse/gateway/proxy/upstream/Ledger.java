package io.gatehouse.gateway.proxy.upstream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What all event loops of a process have seen of the services behind the routes. For metrics; it decides nothing. */
public final class Ledger {
    /** By event loops that leave it out. */
    private final Map<Upstream, Integer> resting = new ConcurrentHashMap<>();

    private final Map<String, LongAdder> retries = new ConcurrentHashMap<>();

    void rests(Upstream upstream, boolean rests) {
        resting.merge(upstream, rests ? 1 : -1, (before, step) -> before + step == 0 ? null : before + step);
    }

    void retried(String route) {
        retries.computeIfAbsent(route, one -> new LongAdder()).increment();
    }

    /** How many event loops leave it out now. */
    int resting(Upstream upstream) {
        return resting.getOrDefault(upstream, 0);
    }

    long retries(String route) {
        LongAdder counted = retries.get(route);
        return counted == null ? 0 : counted.sum();
    }
}
