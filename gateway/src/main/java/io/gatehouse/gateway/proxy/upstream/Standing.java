package io.gatehouse.gateway.proxy.upstream;

import java.util.function.Consumer;

/** How one upstream stands with one event loop, whichever routes name it. */
final class Standing {
    private final Upstream upstream;
    private final Health health = new Health();
    private final Ledger ledger;
    private int underWay;
    private boolean forgotten;

    Standing(Upstream upstream, Ledger ledger) {
        this.upstream = upstream;
        this.ledger = ledger;
    }

    Upstream upstream() {
        return upstream;
    }

    /** Requests on their way to it. */
    int underWay() {
        return underWay;
    }

    void begin() {
        underWay++;
    }

    void end() {
        underWay--;
    }

    boolean isResting() {
        return health.isResting();
    }

    boolean isDue(long now, boolean repeatable) {
        return health.isDue(now, repeatable);
    }

    /** Something was learned of it. */
    void learn(Consumer<Health> news) {
        boolean rested = health.isResting();
        news.accept(health);
        if (!forgotten && rested != health.isResting()) {
            ledger.rests(upstream, !rested);
        }
    }

    /** It left the configuration; what is under way to it ends as it may. */
    void forget() {
        forgotten = true;
        if (health.isResting()) {
            ledger.rests(upstream, false);
        }
    }
}
