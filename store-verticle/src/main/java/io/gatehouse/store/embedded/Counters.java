package io.gatehouse.store.embedded;

import io.gatehouse.common.config.Rate;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.crypto.Hmac;
import io.gatehouse.common.limit.Gcra;
import io.gatehouse.store.Limit;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** When each key is full again. Of one thread, and bounded. */
final class Counters {
    private final int mostKeys;
    /** Under a key of this process, so that nobody can choose names whose counters share a bucket. */
    private final Hmac blind = new Hmac(Entropy.bytes(32));

    /** By the first eight bytes of a blinded name: a fifth of what whole ones would take of the heap. */
    private final Map<Long, Long> full = new HashMap<>();

    Counters(int mostKeys) {
        this.mostKeys = mostKeys;
    }

    /** What would become of one attempt; nothing is counted yet. */
    Gcra.Decision look(Limit limit, long now) {
        return Gcra.take(full.getOrDefault(key(limit), now), now, limit.rate());
    }

    void count(Limit limit, Gcra.Decision decision, long now) {
        makeRoom(now);
        full.put(key(limit), decision.full());
    }

    void giveBack(Limit limit) {
        Rate rate = limit.rate();
        full.computeIfPresent(key(limit), (key, time) -> Gcra.giveBack(time, rate));
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
