package io.gatehouse.gateway.endpoint;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.gateway.http.ClientCredentialsReader;
import io.gatehouse.gateway.http.Endpoint;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.FormBody;
import io.gatehouse.gateway.http.NonceReplies;
import io.gatehouse.gateway.http.OAuthErrors;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.ClientCredentials;
import io.gatehouse.gateway.oauth.DocumentedClients;
import io.gatehouse.gateway.oauth.DpopNonces;
import io.gatehouse.gateway.oauth.Parameters;
import io.gatehouse.gateway.oauth.PushedAuthorization;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** POST /oauth2/par (RFC 9126, section 2). */
public final class PushedRequestEndpoint implements Endpoint {
    private static final String PATH = "/oauth2/par";

    private final PushedAuthorization requests;
    private final DocumentedClients documented;
    private final NonceReplies nonces;

    public PushedRequestEndpoint(PushedAuthorization requests, DocumentedClients documented, DpopNonces nonces) {
        this.requests = requests;
        this.documented = documented;
        this.nonces = new NonceReplies(nonces, new OAuthErrors());
    }

    @Override
    public Future<Reply> handle(Exchange exchange) {
        if (exchange.body().length() > PushedAuthorization.LONGEST) {
            throw OAuthError.failure(
                    Code.CONTENT_TOO_LARGE, "the body is larger than " + PushedAuthorization.LONGEST + " bytes");
        }
        Parameters parameters = FormBody.read(exchange);
        ClientCredentials credentials = ClientCredentialsReader.read(exchange, parameters);
        return documented
                .prepare(
                        exchange.tenant(),
                        credentials == null ? null : credentials.clientId(),
                        exchange.clientAddress())
                .compose(known -> requests.push(
                        exchange.tenant(), credentials, parameters, exchange.dpopProof(PATH), exchange.clientAddress()))
                .map(PushedRequestEndpoint::reply)
                .recover(failure -> nonces.recover(exchange.tenant(), failure));
    }

    private static Reply reply(PushedAuthorization.Pushed pushed) {
        return Reply.secretJson(
                201,
                new JsonObject()
                        .put("request_uri", pushed.requestUri().reveal())
                        .put("expires_in", pushed.expiresIn().toSeconds()));
    }
}
