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

/** Fetches each time anew: what a client keeps there may be for one request. One per event loop. */
public final class FetchedObjects implements ObjectSource {
    private static final int LARGEST = 16 * 1024;

    private final GuardedHttpClient client;
    private final FetchLanes lanes = new FetchLanes();

    public FetchedObjects(GuardedHttpClient client) {
        this.client = client;
    }

    @Override
    public Future<String> fetch(Client asked, URI place) {
        OutboundRequest request = OutboundRequest.get(place, "application/oauth-authz-req+jwt, application/jwt");
        return lanes.run(place, () -> client.of(asked).send(request))
                .map(FetchedObjects::text)
                .recover(failure -> Future.failedFuture(failure instanceof OutboundFailure ? useless() : failure));
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
