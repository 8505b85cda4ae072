package io.gatehouse.gateway.endpoint;

import io.gatehouse.gateway.http.ClientCredentialsReader;
import io.gatehouse.gateway.http.Endpoint;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.FormBody;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.ClientAuthenticator;
import io.gatehouse.gateway.oauth.Parameters;
import io.gatehouse.gateway.oauth.RevocationService;
import io.vertx.core.Future;

/** POST /oauth2/revoke (RFC 7009, section 2). */
public final class RevocationEndpoint implements Endpoint {
    private static final Reply DONE = Reply.empty(200);

    private final ClientAuthenticator clients;
    private final RevocationService revocation;

    public RevocationEndpoint(ClientAuthenticator clients, RevocationService revocation) {
        this.clients = clients;
        this.revocation = revocation;
    }

    @Override
    public Future<Reply> handle(Exchange exchange) {
        Parameters parameters = FormBody.read(exchange);
        return clients.authenticate(exchange.tenant(), ClientCredentialsReader.read(exchange, parameters))
                .compose(client -> revocation.revoke(client, parameters.require("token")))
                .map(revoked -> DONE);
    }
}
