package io.gatehouse.gateway.oauth;

import io.gatehouse.common.bus.Bus;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.message.Issuer.Authority;
import io.gatehouse.common.model.Scope;
import io.vertx.core.Future;
import java.util.List;

/** RFC 6749, section 4.4: a client acts for itself. */
final class ClientCredentialsGrant implements Grant {
    /** These speak of an end user; a client that names no scope does not mean them. */
    private static final Scope OF_END_USERS =
            new Scope(List.of("openid", "profile", "email", "phone", "address", "offline_access"));

    private final Bus bus;

    ClientCredentialsGrant(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String grantType() {
        return "client_credentials";
    }

    @Override
    public Future<TokenResponse> grant(GrantRequest request) {
        AuthenticatedClient client = request.client();
        Authority authority = ClientProof.of(client, grantType());
        Scope scope = scope(client, request.parameters());
        return bus.ask(new Issuer.Issue(client.tenant(), authority, scope, null, null, request.terms()))
                .map(issued -> TokenResponse.of(issued, null));
    }

    private static Scope scope(AuthenticatedClient client, Parameters parameters) {
        String requested = parameters.get("scope");
        if (requested != null) {
            return Scope.parse(requested);
        }
        return RequestedAccessReader.isForDetails(parameters)
                ? Scope.EMPTY
                : client.client().scope().without(OF_END_USERS);
    }
}
