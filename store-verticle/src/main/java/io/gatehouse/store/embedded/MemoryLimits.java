package io.gatehouse.store.embedded;

import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.crypto.Hmac;
import io.gatehouse.store.Gcra;
import io.gatehouse.store.Limit;
import io.gatehouse.store.Store;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counters on the writer thread, in memory: a restart forgets them. */
final class MemoryLimits implements Store.Limits {
    static final int MOST_KEYS = 200_000;

    private final Writer writer;
    private final int mostKeys;
    /** Under a key of this process, so that nobody can choose names whose counters share a bucket. */
    private final Hmac blind = new Hmac(Entropy.bytes(32));

    /** By the first eight bytes of a blinded name: a fifth of what whole ones would take of the heap. */
    private final Map<Long, Long> full = new HashMap<>();

    MemoryLimits(Writer writer, int mostKeys) {
        this.writer = writer;
        this.mostKeys = mostKeys;
    }

    @Override
    public Future<Duration> reserve(List<Limit> limits, Instant now) {
        return writer.submit(tables -> reserve(limits, Gcra.micros(now)));
    }

    private Duration reserve(List<Limit> limits, long now) {
        List<Gcra.Decision> decisions = new ArrayList<>();
        long wait = 0;
        for (Limit limit : limits) {
            Gcra.Decision decision = Gcra.take(full.getOrDefault(key(limit), now), now, limit.rate());
            decisions.add(decision);
            wait = Math.max(wait, decision.delay());
        }
        if (wait == 0) {
            makeRoom(now);
            for (int i = 0; i < limits.size(); i++) {
                full.put(key(limits.get(i)), decisions.get(i).full());
            }
        }
        return Gcra.duration(wait);
    }

    @Override
    public Future<Void> refund(List<Limit> limits, Instant now) {
        return writer.<Integer>submit(tables -> refund(limits)).mapEmpty();
    }

    private int refund(List<Limit> limits) {
        for (Limit limit : limits) {
            full.computeIfPresent(key(limit), (key, time) -> Gcra.giveBack(time, limit.rate()));
        }
        return limits.size();
    }

    /** Those that are full again say nothing; then go those that will be soonest, a tenth at once. */
    private void makeRoom(long now) {
        if (full.size() < mostKeys) {
            return;
        }
        full.values().removeIf(time -> time <= now);
        int most = mostKeys - mostKeys / 10;
        if (full.size() > most) {
            long[] times =
                    full.values().stream().mapToLong(Long::longValue).sorted().toArray();
            long latestToGo = times[full.size() - most - 1];
            full.values().removeIf(time -> time <= latestToGo);
        }
    }

    int size() {
        return full.size();
    }

    private Long key(Limit limit) {
        return ByteBuffer.wrap(blind.of(limit.key().value()).toArray()).getLong();
    }
}
