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

    private static final String KEY = "dpop_jkt";

    private final Bus bus;
    private final ClientAuthenticator clients;
    private final DpopProofs proofs;
    private final RequestReader requests;
    private final Clock clock;
    private final Duration life;

    PushedAuthorization(
            Bus bus,
            ClientAuthenticator clients,
            DpopProofs proofs,
            RequestReader requests,
            Clock clock,
            Duration life) {
        this.bus = bus;
        this.clients = clients;
        this.proofs = proofs;
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
     * @param proof of the key that the code is to be bound to; null: there is none
     * @param remoteAddress that it came from
     * @return fails with what is wrong with client, request or proof, or {@code Throttled}
     */
    public Future<Pushed> push(
            String tenant,
            @Nullable ClientCredentials credentials,
            Parameters parameters,
            @Nullable ShownProof proof,
            String remoteAddress) {
        return clients.authenticate(tenant, credentials)
                .compose(client -> requests.fromClient(client, request(client, parameters))
                        .compose(checked -> bound(client, checked, proof))
                        .compose(bound -> keep(client, bound, remoteAddress)));
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

    /** RFC 9449, section 10.1. The proof comes last: what is no good spends none. */
    private Future<Parameters> bound(AuthenticatedClient client, Parameters request, @Nullable ShownProof proof) {
        Fapi.checkProof(client.client(), proof);
        return proof == null
                ? Future.succeededFuture(request)
                : proofs.verify(client.tenant(), proof.by(client.client()), null)
                        .map(key -> bound(request, key));
    }

    private static Parameters bound(Parameters request, String key) {
        String named = request.get(KEY);
        if (named != null && !named.equals(key)) {
            throw DpopProof.invalid("is by another key than dpop_jkt names");
        }
        Parameters bound = request.without(Set.of(KEY));
        bound.add(KEY, key);
        return bound;
    }

    private Future<Pushed> keep(AuthenticatedClient client, Parameters request, String remoteAddress) {
        String form = request.form();
        if (form.length() > LONGEST) {
            throw OAuthError.failure(
                    Code.CONTENT_TOO_LARGE, "the request is longer than " + LONGEST + " characters of a form");
        }
        Duration allowed = Fapi.pushedLife(client.client(), life);
        Instant end = clock.instant().plus(allowed);
        CodeId.Made made = CodeId.make(end);
        return bus.ask(new PushedRequests.Push(
                        client.tenant(),
                        client.clientId(),
                        made.id(),
                        form,
                        remoteAddress,
                        end,
                        !client.client().isPublic()))
                .map(pushed -> new Pushed(PushedRequestUri.of(made.code()), allowed));
    }
}
