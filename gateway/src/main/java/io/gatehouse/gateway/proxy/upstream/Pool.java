package io.gatehouse.gateway.proxy.upstream;

import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The upstreams of one service, for one event loop. */
final class Pool {
    private final List<Standing> standings;
    private final LongSupplier nanos;
    private final RetryBudget budget = new RetryBudget();
    private int turn;

    /**
     * @param standings at least one
     * @param nanos a monotonic clock
     */
    Pool(List<Standing> standings, LongSupplier nanos) {
        this.standings = List.copyOf(standings);
        this.nanos = nanos;
    }

    long now() {
        return nanos.getAsLong();
    }

    RetryBudget budget() {
        return budget;
    }

    List<Standing> standings() {
        return standings;
    }

    /** One that has rested long enough for such a request to try it out; null: none. */
    @Nullable
    Standing due(boolean repeatable) {
        long now = now();
        return idlest(one -> one.isDue(now, repeatable));
    }

    /**
     * The one with the least under way: of those that do well and were not tried, else that were not tried, else of all.
     *
     * @param tried by this request before
     */
    Standing choose(Set<Upstream> tried) {
        // Requests take turns, not their retries: else what fails might be asked first each time.
        turn = (turn + (tried.isEmpty() ? 1 : 0)) % standings.size();
        Standing good = idlest(one -> !one.isResting() && !tried.contains(one.upstream()));
        if (good != null) {
            return good;
        }
        Standing fresh = idlest(one -> !tried.contains(one.upstream()));
        if (fresh != null) {
            return fresh;
        }
        Standing known = idlest(one -> !one.isResting());
        return known == null ? standings.getFirst() : known;
    }

    /** Whether one more may rest: at most half of them do at once, so that those left are not drowned. */
    boolean canSpareOne() {
        long resting = standings.stream().filter(Standing::isResting).count();
        return 2 * (resting + 1) <= standings.size();
    }

    /** Of several that are as idle, each in its turn. */
    private @Nullable Standing idlest(Predicate<Standing> wanted) {
        Standing best = null;
        for (int i = 0; i < standings.size(); i++) {
            Standing one = standings.get((turn + i) % standings.size());
            if (wanted.test(one) && (best == null || one.underWay() < best.underWay())) {
                best = one;
            }
        }
        return best;
    }
}
