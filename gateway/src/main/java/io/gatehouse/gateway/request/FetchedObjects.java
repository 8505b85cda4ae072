package io.gatehouse.gateway.request;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.Client;
import io.gatehouse.gateway.client.GuardedHttpClient;
import io.gatehouse.gateway.client.OutboundFailure;
import io.gatehouse.gateway.client.OutboundRequest;
import io.gatehouse.gateway.client.OutboundResponse;
import io.gatehouse.gateway.oauth.ObjectSource;
import io.vertx.core.Future;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Fetches each time anew: what a client keeps there may be for one request. One per event loop. */
public final class FetchedObjects implements ObjectSource {
    private static final int LARGEST = 16 * 1024;

    /** Anybody's browser can have one fetched: more at once is somebody's game. */
    private static final int MOST_AT_ONCE = 32;

    /** A place that is slow, or that somebody floods, must leave room for others. */
    private static final int MOST_OF_HOST = 4;

    private final GuardedHttpClient client;
    private final Map<String, Integer> byHost = new HashMap<>();
    private int underWay;

    public FetchedObjects(GuardedHttpClient client) {
        this.client = client;
    }

    @Override
    public Future<String> fetch(Client asked, URI place) {
        String host = place.getAuthority();
        if (underWay >= MOST_AT_ONCE || byHost.getOrDefault(host, 0) >= MOST_OF_HOST) {
            return Future.failedFuture(new OAuthError.Throttled(Duration.ofSeconds(1)).failure());
        }
        begin(host);
        return client.of(asked)
                .send(OutboundRequest.get(place, "application/oauth-authz-req+jwt, application/jwt"))
                .onComplete(done -> end(host))
                .map(FetchedObjects::text)
                .recover(failure -> Future.failedFuture(failure instanceof OutboundFailure ? useless() : failure));
    }

    private void begin(String host) {
        underWay++;
        byHost.merge(host, 1, Integer::sum);
    }

    private void end(String host) {
        underWay--;
        byHost.computeIfPresent(host, (same, count) -> count == 1 ? null : count - 1);
    }

    private static String text(OutboundResponse response) {
        if (response.status() != 200 || response.body().length() > LARGEST) {
            throw useless();
        }
        return response.body().toString(StandardCharsets.US_ASCII).strip();
    }

    private static RuntimeException useless() {
        return OAuthError.failure(Code.INVALID_REQUEST_URI, "at request_uri no request object could be fetched");
    }
}
