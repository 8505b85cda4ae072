package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.PushedRequests;
import io.gatehouse.common.model.CodeId;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Pushed authorization requests (RFC 9126): what a client sends by itself, ahead of the browser. */
public final class PushedAuthorization {
    /** As characters of a form. */
    public static final int LONGEST = 16 * 1024;

    /** Who it is that pushes is known from then on. */
    private static final Set<String> CREDENTIALS = Set.of("client_secret", "client_assertion", "client_assertion_type");

    private final Bus bus;
    private final ClientAuthenticator clients;
    private final RequestReader requests;
    private final Clock clock;
    private final Duration life;

    PushedAuthorization(Bus bus, ClientAuthenticator clients, RequestReader requests, Clock clock, Duration life) {
        this.bus = bus;
        this.clients = clients;
        this.requests = requests;
        this.clock = clock;
        this.life = life;
    }

    /** @param requestUri what the browser brings */
    public record Pushed(Secret requestUri, Duration expiresIn) {}

    /**
     * Authenticates the client, checks its request as if it had come by the browser, and keeps it.
     *
     * @param credentials null: the request shows none
     * @param remoteAddress that it came from
     * @return fails with what is wrong with client or request, or {@code Throttled}
     */
    public Future<Pushed> push(
            String tenant, @Nullable ClientCredentials credentials, Parameters parameters, String remoteAddress) {
        return clients.authenticate(tenant, credentials).compose(client -> {
            Parameters request = request(client, parameters);
            return requests.fromClient(client, request).compose(checked -> keep(client, checked, remoteAddress));
        });
    }

    private static Parameters request(AuthenticatedClient client, Parameters parameters) {
        String clientId = parameters.get("client_id");
        if (clientId != null && !clientId.equals(client.clientId())) {
            throw OAuthError.failure(Code.INVALID_REQUEST, "client_id is not the client that authenticated");
        }
        if (parameters.get("request_uri") != null) {
            throw OAuthError.failure(
                    Code.INVALID_REQUEST, "request_uri can't be pushed: send the parameters themselves");
        }
        Parameters request = parameters.without(CREDENTIALS);
        if (clientId == null) {
            request.add("client_id", client.clientId());
        }
        return request;
    }

    private Future<Pushed> keep(AuthenticatedClient client, Parameters request, String remoteAddress) {
        String form = request.form();
        if (form.length() > LONGEST) {
            throw OAuthError.failure(
                    Code.CONTENT_TOO_LARGE, "the request is longer than " + LONGEST + " characters of a form");
        }
        Instant end = clock.instant().plus(life);
        CodeId.Made made = CodeId.make(end);
        return bus.ask(new PushedRequests.Push(client.tenant(), client.clientId(), made.id(), form, remoteAddress, end))
                .map(pushed -> new Pushed(PushedRequestUri.of(made.code()), life));
    }
}
