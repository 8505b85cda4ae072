package io.gatehouse.store.embedded;

import io.gatehouse.common.limit.Gcra;
import io.gatehouse.store.Limit;
import io.gatehouse.store.Store;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Counters on the writer thread, in memory: a restart forgets them. */
final class MemoryLimits implements Store.Limits {
    static final int MOST_KEYS = 200_000;

    private final Writer writer;
    private final Counters attempts;
    /** Apart, so that requests from everywhere push no count of failed logins out. */
    private final Counters requests;

    MemoryLimits(Writer writer, int mostKeys) {
        this.writer = writer;
        this.attempts = new Counters(mostKeys);
        this.requests = new Counters(mostKeys);
    }

    @Override
    public Future<Duration> reserve(List<Limit> limits, Instant now) {
        return writer.submit(tables -> reserve(limits, Gcra.micros(now)));
    }

    private Duration reserve(List<Limit> limits, long now) {
        List<Gcra.Decision> decisions = new ArrayList<>();
        long wait = 0;
        for (Limit limit : limits) {
            Gcra.Decision decision = attempts.look(limit, now);
            decisions.add(decision);
            wait = Math.max(wait, decision.delay());
        }
        if (wait == 0) {
            for (int i = 0; i < limits.size(); i++) {
                attempts.count(limits.get(i), decisions.get(i), now);
            }
        }
        return Gcra.duration(wait);
    }

    @Override
    public Future<Gcra.Decision> take(Limit limit, Instant now) {
        return writer.submit(tables -> take(limit, Gcra.micros(now)));
    }

    private Gcra.Decision take(Limit limit, long now) {
        Gcra.Decision decision = requests.look(limit, now);
        if (decision.admitted()) {
            requests.count(limit, decision, now);
        }
        return decision;
    }

    @Override
    public Future<Void> refund(List<Limit> limits, Instant now) {
        return writer.<Integer>submit(tables -> refund(limits)).mapEmpty();
    }

    private int refund(List<Limit> limits) {
        limits.forEach(attempts::giveBack);
        return limits.size();
    }

    int size() {
        return attempts.size() + requests.size();
    }
}
