package io.gatehouse.gateway.proxy.rate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.gatehouse.common.config.Rate;
import io.gatehouse.common.limit.Gcra;
import io.gatehouse.common.limit.Quota;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * What one process counts, for all its event loops.
 *
 * <p>A counter is forgotten when it is full again, and never before: to push others' out would give whoever floods it with
 * names a way to have his own counter, or anybody's, begin anew. Names that come while there is no room share counters instead,
 * some hundreds for each thing that is counted: they may be refused for what others did, but nobody gets more than the limit.
 */
public final class LocalLimits {
    static final int MOST_KEYS = 200_000;
    private static final int SHARED = 1024;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Clock clock;
    private final int mostKeys;
    /** When each is full again. Names are texts, since texts that collide are still found fast. */
    private final Cache<String, Long> own;

    private final Map<String, AtomicLongArray> shared = new ConcurrentHashMap<>();
    private volatile long swept;

    public LocalLimits(Clock clock) {
        this(clock, MOST_KEYS);
    }

    LocalLimits(Clock clock, int mostKeys) {
        this.clock = clock;
        this.mostKeys = mostKeys;
        this.own = Caffeine.newBuilder()
                .expireAfter(Expiry.writing((String key, Long full) -> Gcra.duration(Math.max(1, full - now()))))
                .ticker(() -> now() * 1000)
                .executor(Runnable::run)
                .build();
    }

    /**
     * Takes one attempt, or none.
     *
     * @param what is counted: of these there are few, and nobody outside chooses them
     * @param whose it is: of these there are as many as somebody likes to make up
     */
    public Quota take(String what, String whose, Rate rate) {
        long now = now();
        String key = what + '\n' + whose;
        Gcra.Decision decision =
                hasRoom(key, now) ? own(what, key, now, rate) : crowded(counters(what), key, now, rate);
        return Quota.of(decision, now, rate);
    }

    private boolean hasRoom(String key, long now) {
        if (own.estimatedSize() < mostKeys || own.getIfPresent(key) != null) {
            return true;
        }
        if (now - swept > PAUSE.toNanos() / 1000 || now < swept) {
            swept = now;
            own.cleanUp();
        }
        return own.estimatedSize() < mostKeys;
    }

    private Gcra.Decision own(String what, String key, long now, Rate rate) {
        Gcra.Decision[] decision = new Gcra.Decision[1];
        own.asMap().compute(key, (name, known) -> {
            long full = known == null ? before(what, key) : known;
            decision[0] = Gcra.take(full, now, rate);
            return decision[0].full();
        });
        return decision[0];
    }

    /** Whoever was counted among others does not begin anew. */
    private long before(String what, String key) {
        @Nullable AtomicLongArray counters = shared.get(what);
        return counters == null ? 0 : counters.get(place(key));
    }

    private static Gcra.Decision crowded(AtomicLongArray counters, String key, long now, Rate rate) {
        int place = place(key);
        while (true) {
            long full = counters.get(place);
            Gcra.Decision decision = Gcra.take(full, now, rate);
            if (!decision.admitted() || counters.compareAndSet(place, full, decision.full())) {
                return decision;
            }
        }
    }

    private AtomicLongArray counters(String what) {
        return shared.computeIfAbsent(what, name -> new AtomicLongArray(SHARED));
    }

    private static int place(String key) {
        int hash = key.hashCode() * 0x9E3779B9;
        return hash >>> 22;
    }

    private long now() {
        return Gcra.micros(clock.instant());
    }

    long size() {
        own.cleanUp();
        return own.estimatedSize();
    }
}
