package io.gatehouse.gateway.proxy.upstream;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The attempts to get one request answered, one after the other. Of one event loop. */
public final class Attempts {
    private static final int MOST_RETRIES = 2;

    private final Pool pool;
    private final boolean repeatable;
    private final Runnable onRetry;
    private final Set<Upstream> tried = new HashSet<>();
    private int retries;

    /**
     * @param repeatable whether the request may be done twice: its method is safe, and it has no body
     * @param onRetry told of each that is not the first
     */
    Attempts(Pool pool, boolean repeatable, Runnable onRetry) {
        this.pool = pool;
        this.repeatable = repeatable;
        this.onRetry = onRetry;
    }

    /** To be called once. It is under way from now on. */
    public Attempt first() {
        pool.budget().deposit();
        Standing due = pool.due(repeatable);
        return due == null ? begin(pool.choose(tried), false) : begin(due, true);
    }

    /**
     * Another one in place of one that failed before its answer began, which is told herewith.
     *
     * @return null: the request is not sent again
     */
    public @Nullable Attempt after(Attempt failed, Failure how) {
        failed.failed(how);
        if (retries == MOST_RETRIES || !isHarmless(how)) {
            return null;
        }
        Standing next = pool.choose(tried);
        // Where nothing was sent, another server has no more to do than without this one.
        boolean free = how == Failure.UNREACHABLE && !tried.contains(next.upstream());
        if (!free && !pool.budget().withdraw()) {
            return null;
        }
        retries++;
        onRetry.run();
        return begin(next, false);
    }

    /** What took too long is not asked for again: its sender has waited enough. */
    private boolean isHarmless(Failure how) {
        return switch (how) {
            case UNREACHABLE -> true;
            case BROKEN -> repeatable;
            case LATE -> false;
        };
    }

    private Attempt begin(Standing standing, boolean trial) {
        tried.add(standing.upstream());
        return new Attempt(pool, standing, trial);
    }
}
