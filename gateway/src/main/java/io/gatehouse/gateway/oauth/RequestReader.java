package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.error.OAuthFailure;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.PushedRequests;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.RequestDemands;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.TokenFamily;
import io.vertx.core.Future;
import java.net.URI;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Finds out what a request asks for, by whatever way it came, and checks it. */
final class RequestReader {
    private static final String UNSIGNED = "this client must sign its requests, and send them as request";

    private final Bus bus;
    private final ClientDirectory clients;
    private final RequestObjects objects;
    private final HintedSubject subjects;
    private final ObjectSource source;
    private final RequestedAccessReader access;
    private final Clock clock;
    private final String issuer;

    /** @param issuer of the default tenant */
    RequestReader(
            Bus bus,
            ClientDirectory clients,
            RequestObjects objects,
            ObjectSource source,
            RequestedAccessReader access,
            Clock clock,
            String issuer) {
        this.bus = bus;
        this.clients = clients;
        this.objects = objects;
        this.subjects = new HintedSubject(bus);
        this.source = source;
        this.access = access;
        this.clock = clock;
        this.issuer = issuer;
    }

    /** What came through the browser; see {@link AuthorizationService#read}. */
    Future<AuthorizationRequest> fromBrowser(String tenant, TokenFamily family, Parameters parameters) {
        return client(tenant, parameters.get("client_id")).compose(known -> {
            String requestUri = family == TokenFamily.OAUTH ? parameters.get("request_uri") : null;
            String object = family == TokenFamily.OAUTH ? parameters.get("request") : null;
            if (requestUri != null && PushedRequestUri.isOne(requestUri)) {
                return pushed(tenant, known, PushedRequestUri.read(requestUri));
            }
            if (requestUri != null) {
                return fetched(tenant, known, parameters, requestUri);
            }
            return object == null
                    ? shown(tenant, known, family, parameters, false)
                    : signed(tenant, known, parameters, object);
        });
    }

    /** What is being pushed: the parameters that count; fails with what is wrong, whoever is to be told of it. */
    Future<Parameters> fromClient(AuthenticatedClient known, Parameters parameters) {
        Client client = known.client();
        return meant(client, parameters).compose(request -> {
            ReturnAddress back = ReturnAddress.read(client, TokenFamily.OAUTH, request, issuerOf(client.tenant()));
            return checked(
                            client,
                            known.statement(),
                            new AuthorizationReader(TokenFamily.OAUTH, client, back, request, null, access))
                    .map(request);
        });
    }

    private Future<Parameters> meant(Client client, Parameters parameters) {
        String object = parameters.get("request");
        if (object != null) {
            return objects.read(client, object, issuerOf(client.tenant()));
        }
        if (demands(client).signed()) {
            throw OAuthError.failure(Code.INVALID_REQUEST, UNSIGNED);
        }
        return Future.succeededFuture(parameters);
    }

    /**
     * A client that may have requests.
     *
     * @param clientId null: the request names none
     */
    Future<KnownClient> client(String tenant, @Nullable String clientId) {
        if (clientId == null) {
            return Future.failedFuture(OAuthError.failure(Code.INVALID_REQUEST, "client_id is missing"));
        }
        return clients.find(bus, tenant, clientId).map(known -> {
            if (known == null || known.client().disabled()) {
                throw OAuthError.failure(Code.INVALID_REQUEST, "there is no such client: check client_id");
            }
            return known;
        });
    }

    /** Of what stands beside its name in the browser's request, nothing counts (RFC 9126, section 4). */
    private Future<AuthorizationRequest> pushed(String tenant, KnownClient known, CodeId id) {
        Client client = known.client();
        return bus.ask(new PushedRequests.Find(tenant, client.clientId(), id)).compose(found -> {
            if (found.form() == null) {
                throw PushedRequestUri.useless();
            }
            Parameters parameters = Parameters.ofForm(found.form());
            ReturnAddress back = ReturnAddress.read(client, TokenFamily.OAUTH, parameters, issuerOf(tenant));
            return told(
                    checked(
                            client,
                            known.statement(),
                            new AuthorizationReader(TokenFamily.OAUTH, client, back, parameters, id, access)),
                    back);
        });
    }

    /** Only from where the client said that its requests are: nobody makes us call anything else. */
    private Future<AuthorizationRequest> fetched(
            String tenant, KnownClient known, Parameters outside, String requestUri) {
        Client client = known.client();
        URI place = RequestPlaces.of(client, requestUri);
        if (place == null || outside.get("request") != null) {
            String why = place == null
                    ? "request_uri is not registered for this client"
                    : "request_uri and request exclude each other";
            return Future.failedFuture(
                    toldOutside(tenant, client, outside, OAuthError.failure(Code.INVALID_REQUEST_URI, why)));
        }
        return source.fetch(client, place)
                .recover(failure -> Future.failedFuture(toldOutside(tenant, client, outside, failure)))
                .compose(object -> signed(tenant, known, outside, object));
    }

    /** Where the object is no good, what stands beside it can still tell whom to tell. */
    private Future<AuthorizationRequest> signed(String tenant, KnownClient known, Parameters outside, String object) {
        Client client = known.client();
        return objects.read(client, object, issuerOf(tenant))
                .recover(failure -> Future.failedFuture(toldOutside(tenant, client, outside, failure)))
                .compose(parameters -> shown(tenant, known, TokenFamily.OAUTH, parameters, true));
    }

    private Throwable toldOutside(String tenant, Client client, Parameters outside, Throwable failure) {
        try {
            return told(failure, ReturnAddress.read(client, TokenFamily.OAUTH, outside, issuerOf(tenant)));
        } catch (OAuthFailure nobody) {
            return failure;
        }
    }

    private Future<AuthorizationRequest> shown(
            String tenant, KnownClient known, TokenFamily family, Parameters parameters, boolean signed) {
        Client client = known.client();
        ReturnAddress back = ReturnAddress.read(client, family, parameters, issuerOf(tenant));
        RequestDemands demands = demands(client);
        if (demands.pushed()) {
            throw new AuthorizationRefusal(
                    back.error(Code.INVALID_REQUEST, "this client must push its requests, and send their request_uri"));
        }
        if (demands.signed() && !signed) {
            throw new AuthorizationRefusal(back.error(Code.INVALID_REQUEST, UNSIGNED));
        }
        return told(
                checked(
                        client,
                        known.statement(),
                        new AuthorizationReader(family, client, back, parameters, null, access)),
                back);
    }

    private Future<AuthorizationRequest> checked(Client client, Attestation statement, AuthorizationReader reader) {
        return Future.succeededFuture(reader)
                .map(right -> right.read(clock.instant()))
                .compose(request -> subjects.find(client, statement, reader.idTokenHint(), request.hintedSubject())
                        .map(request::about));
    }

    private String issuerOf(String tenant) {
        return Tenant.issuer(issuer, tenant);
    }

    private static RequestDemands demands(Client client) {
        RequestDemands demands = client.extensions().requests();
        return demands == null ? RequestDemands.NONE : demands;
    }

    private static Future<AuthorizationRequest> told(Future<AuthorizationRequest> read, ReturnAddress back) {
        return read.recover(failure -> Future.failedFuture(told(failure, back)));
    }

    /** The protocol's errors go to the client; what broke here is shown to who sits in front of it. */
    private static Throwable told(Throwable failure, ReturnAddress back) {
        return failure instanceof OAuthFailure known && known.error() instanceof OAuthError.Protocol protocol
                ? new AuthorizationRefusal(back.error(protocol.code(), protocol.description()))
                : failure;
    }
}
