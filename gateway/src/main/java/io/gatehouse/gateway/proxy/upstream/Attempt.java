package io.gatehouse.gateway.proxy.upstream;

/**
 * One request on its way to one upstream. It is told how that goes: at most once that an answer began, and then once how it
 * ended. Of one event loop.
 */
public final class Attempt {
    private final Pool pool;
    private final Standing standing;
    private final boolean trial;
    private boolean answered;
    private boolean over;

    /** It is under way from now on. */
    Attempt(Pool pool, Standing standing, boolean trial) {
        this.pool = pool;
        this.standing = standing;
        this.trial = trial;
        standing.begin();
        if (trial) {
            standing.learn(Health::tryOut);
        }
    }

    public Upstream upstream() {
        return standing.upstream();
    }

    /** The head of its answer arrived. One that says that the upstream does not serve counts as none. */
    public void answered(int status) {
        if (answered || over) {
            return;
        }
        answered = true;
        long now = pool.now();
        if (status == 502 || status == 503 || status == 504) {
            standing.learn(health -> health.failed(now, pool.canSpareOne(), trial));
        } else {
            standing.learn(health -> health.answered(now, trial));
        }
    }

    /** Its answer ended as it should. */
    public void ended() {
        if (end()) {
            standing.learn(Health::finished);
        }
    }

    /** Its sender went away, which says nothing about the upstream. */
    public void givenUp() {
        if (end() && trial && !answered) {
            standing.learn(Health::undecided);
        }
    }

    /** It came to nothing, or its answer broke off. */
    public void failed(Failure how) {
        if (!end()) {
            return;
        }
        long now = pool.now();
        boolean dispensable = pool.canSpareOne();
        standing.learn(health -> {
            if (answered) {
                health.brokeOff(now, dispensable);
            } else {
                health.failed(now, dispensable, trial);
            }
        });
    }

    private boolean end() {
        if (over) {
            return false;
        }
        over = true;
        standing.end();
        return true;
    }
}
