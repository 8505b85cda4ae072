package io.gatehouse.gateway.endpoint;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.Client;
import io.gatehouse.gateway.http.Accept;
import io.gatehouse.gateway.http.ClientCredentialsReader;
import io.gatehouse.gateway.http.Endpoint;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.FormBody;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.AuthenticatedClient;
import io.gatehouse.gateway.oauth.ClientAuthenticator;
import io.gatehouse.gateway.oauth.IntrospectionJson;
import io.gatehouse.gateway.oauth.IntrospectionService;
import io.gatehouse.gateway.oauth.IntrospectionService.Answer;
import io.gatehouse.gateway.oauth.Parameters;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** POST /oauth2/introspect (RFC 7662, section 2), with JWTs as answers to who asks for them (RFC 9701). */
public final class IntrospectionEndpoint implements Endpoint {
    private static final String JWT = "application/token-introspection+jwt";

    private static final Reply INACTIVE = Reply.secretJson(200, Buffer.buffer("{\"active\":false}"));

    private final ClientAuthenticator clients;
    private final IntrospectionService introspection;

    public IntrospectionEndpoint(ClientAuthenticator clients, IntrospectionService introspection) {
        this.clients = clients;
        this.introspection = introspection;
    }

    @Override
    public Future<Reply> handle(Exchange exchange) {
        Parameters parameters = FormBody.read(exchange);
        return clients.authenticate(exchange.tenant(), ClientCredentialsReader.read(exchange, parameters))
                .compose(client -> answer(client, parameters.require("token"), isSigned(client.client(), exchange)));
    }

    private Future<Reply> answer(AuthenticatedClient caller, String token, boolean signed) {
        return introspection
                .introspect(caller, token)
                .compose(answer -> signed && answer.refreshToken() == null
                        ? introspection.sign(caller, answer, token).map(IntrospectionEndpoint::signed)
                        : Future.succeededFuture(reply(answer)));
    }

    /** Nobody but its client learns of a refresh token, so that nobody needs a signature on it. */
    private static boolean isSigned(Client caller, Exchange exchange) {
        boolean wanted = Accept.names(exchange.header("accept"), JWT)
                || caller.extensions().signsMessages();
        if (wanted && caller.isPublic()) {
            throw OAuthError.failure(
                    Code.INVALID_CLIENT, "introspection as a JWT is for clients that authenticate: this one is public");
        }
        return wanted;
    }

    private static Reply signed(Secret jwt) {
        return Reply.secret(200, JWT, Buffer.buffer(jwt.reveal()));
    }

    private static Reply reply(Answer answer) {
        return answer.isActive() ? Reply.secretJson(200, IntrospectionJson.of(answer)) : INACTIVE;
    }
}
