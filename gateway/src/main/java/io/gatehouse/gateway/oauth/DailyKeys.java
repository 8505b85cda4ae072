package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.message.PageKeys;
import io.gatehouse.common.message.PageKeys.KeySet;
import io.vertx.core.Future;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The page keys of today and yesterday. One event loop asks for them once a day. */
public final class DailyKeys {
    private final Bus bus;
    private final Clock clock;
    private @Nullable KeySet known;

    public DailyKeys(Bus bus, Clock clock) {
        this.bus = bus;
        this.clock = clock;
    }

    /** Of a new day's key this loop learns when it is due: until then both that are known open. */
    public Future<KeySet> find() {
        KeySet current = known;
        return current != null && clock.instant().isBefore(current.keys().get(0).sealsUntil())
                ? Future.succeededFuture(current)
                : findAgain();
    }

    /** Where the token role's clock is ahead, its day has begun before ours. */
    Future<KeySet> findAgain() {
        return bus.ask(new PageKeys.Get()).onSuccess(keys -> known = keys);
    }
}
