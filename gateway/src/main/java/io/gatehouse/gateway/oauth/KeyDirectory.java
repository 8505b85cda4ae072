package io.gatehouse.gateway.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.message.VerificationKeys;
import io.gatehouse.common.message.VerificationKeys.KeySet;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The public keys of the tenants this process has lately verified for, as the token role vouches for them. */
public final class KeyDirectory {
    private static final int TENANTS = 10_000;
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** @param turn counts the questions: the answer to an earlier one never takes the place of a later one's */
    private record Answer(long turn, KeySet set) {
        static Answer later(Answer one, Answer other) {
            return one.turn > other.turn ? one : other;
        }

        /** No longer than others may keep it: a lost event must not make us serve a copy that is too old. */
        Duration life() {
            Duration told = Duration.ofSeconds(set.freshSeconds());
            return told.isZero() || told.compareTo(LONGEST) > 0 ? LONGEST : told;
        }
    }

    private final AtomicLong turns = new AtomicLong();
    private final Cache<String, Answer> sets = Caffeine.newBuilder()
            .maximumSize(TENANTS)
            .expireAfter(Expiry.writing((String tenant, Answer answer) -> answer.life()))
            .executor(Runnable::run)
            .build();
    private final Cache<String, Boolean> lately = Caffeine.newBuilder()
            .maximumSize(TENANTS)
            .expireAfterWrite(Duration.ofSeconds(5))
            .executor(Runnable::run)
            .build();

    public Future<KeySet> find(Bus bus, String tenant) {
        Answer known = sets.getIfPresent(tenant);
        return known == null ? load(bus, tenant) : Future.succeededFuture(known.set);
    }

    /** Asks again because a token names a key that is not in the set; a forger can make us do so every few seconds. */
    Future<KeySet> findAgain(Bus bus, String tenant) {
        return lately.getIfPresent(tenant) == null ? load(bus, tenant) : find(bus, tenant);
    }

    /** Asks for a version that there is; an answer that was under way may still be of the one before. */
    Future<KeySet> learn(Bus bus, String tenant, long version) {
        return load(bus, tenant)
                .compose(set -> set.version() < version ? load(bus, tenant) : Future.succeededFuture(set));
    }

    void forget(String tenant) {
        sets.invalidate(tenant);
        lately.invalidate(tenant);
    }

    void forgetAll() {
        sets.invalidateAll();
        lately.invalidateAll();
    }

    private Future<KeySet> load(Bus bus, String tenant) {
        long turn = turns.incrementAndGet();
        lately.put(tenant, true);
        return bus.ask(new VerificationKeys.Get(tenant))
                .onSuccess(set -> sets.asMap().merge(tenant, new Answer(turn, set), Answer::later));
    }
}
