package io.gatehouse.gateway.request;

import io.gatehouse.common.error.OAuthError;
import io.vertx.core.Future;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** How much is fetched at once for people whom nobody knows yet. For one event loop. */
final class FetchLanes {
    /** Anybody's browser can have something fetched: more at once is somebody's game. */
    static final int MOST = 32;

    /** A place that is slow, or that somebody floods, must leave room for others. */
    static final int MOST_OF_HOST = 4;

    private final Map<String, Integer> byHost = new HashMap<>();
    private int underWay;

    /**
     * @param fetch begun at once, or not at all
     * @return fails with {@code Throttled} where there is no room
     */
    <T> Future<T> run(URI place, Supplier<Future<T>> fetch) {
        String host = place.getAuthority();
        if (underWay >= MOST || byHost.getOrDefault(host, 0) >= MOST_OF_HOST) {
            return Future.failedFuture(new OAuthError.Throttled(Duration.ofSeconds(1)).failure());
        }
        underWay++;
        byHost.merge(host, 1, Integer::sum);
        return fetch.get().onComplete(done -> end(host));
    }

    private void end(String host) {
        underWay--;
        byHost.computeIfPresent(host, (same, count) -> count == 1 ? null : count - 1);
    }
}
