package io.gatehouse.gateway.endpoint;

import io.gatehouse.gateway.http.ClientCredentialsReader;
import io.gatehouse.gateway.http.Endpoint;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.FormBody;
import io.gatehouse.gateway.http.NonceReplies;
import io.gatehouse.gateway.http.OAuthErrors;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.DpopNonces;
import io.gatehouse.gateway.oauth.Parameters;
import io.gatehouse.gateway.oauth.TokenRequest;
import io.gatehouse.gateway.oauth.TokenResponse;
import io.gatehouse.gateway.oauth.TokenService;
import io.vertx.core.Future;

/** POST /oauth2/token (RFC 6749, section 3.2). */
public final class TokenEndpoint implements Endpoint {
    private static final String PATH = "/oauth2/token";

    private final TokenService tokens;
    private final NonceReplies nonces;

    public TokenEndpoint(TokenService tokens, DpopNonces nonces) {
        this.tokens = tokens;
        this.nonces = new NonceReplies(nonces, new OAuthErrors());
    }

    @Override
    public Future<Reply> handle(Exchange exchange) {
        Parameters parameters = FormBody.read(exchange);
        return tokens.token(new TokenRequest(
                        exchange.tenant(),
                        ClientCredentialsReader.read(exchange, parameters),
                        parameters,
                        exchange.dpopProof(PATH)))
                .map(TokenEndpoint::reply)
                .recover(failure -> nonces.recover(exchange.tenant(), failure));
    }

    private static Reply reply(TokenResponse response) {
        return Reply.secretJson(200, response.json());
    }
}
