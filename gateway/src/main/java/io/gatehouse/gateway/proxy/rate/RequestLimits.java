package io.gatehouse.gateway.proxy.rate;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.config.Rate;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.limit.Quota;
import io.gatehouse.common.message.RateLimits;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts requests here, or together with all other nodes. While the store can't be asked, this process counts for itself: each
 * then lets the whole limit pass, and never more. Of one event loop.
 */
public final class RequestLimits {
    private static final Logger LOG = LoggerFactory.getLogger(RequestLimits.class);
    /** Of the requests of this time, one waits for a store that did not answer. */
    private static final Duration REST = Duration.ofSeconds(1);

    private final Bus bus;
    private final LocalLimits local;
    private final Clock clock;
    private boolean away;
    private Instant askAgain = Instant.MIN;

    /** @param local of the process */
    public RequestLimits(Bus bus, LocalLimits local, Clock clock) {
        this.bus = bus;
        this.local = local;
        this.clock = clock;
    }

    /**
     * Takes one, or none. Never fails.
     *
     * @param what is counted: of these there are few
     * @param together whether all nodes count in one place
     */
    public Future<Quota> take(String tenant, String what, String whose, Rate rate, boolean together) {
        return together && mayAsk()
                ? ask(tenant, what, whose, rate)
                : Future.succeededFuture(local.take(what, whose, rate));
    }

    private boolean mayAsk() {
        Instant now = clock.instant();
        if (away && now.isBefore(askAgain)) {
            return false;
        }
        askAgain = now.plus(REST);
        return true;
    }

    private Future<Quota> ask(String tenant, String what, String whose, Rate rate) {
        return bus.ask(new RateLimits.Take(tenant, Digest.of(what + '\n' + whose), rate.limit(), rate.window()))
                .map(taken -> new Quota(taken.admitted(), taken.remaining(), taken.reset(), taken.retryAfter()))
                .onComplete(answer -> note(answer.failed()))
                .otherwise(failure -> local.take(what, whose, rate));
    }

    private void note(boolean failed) {
        if (failed && !away) {
            LOG.warn("Requests are counted by this process alone: the store can't be asked. Look after the store");
        }
        away = failed;
    }
}
