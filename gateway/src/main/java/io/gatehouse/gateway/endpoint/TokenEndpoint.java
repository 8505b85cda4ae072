package io.gatehouse.gateway.endpoint;

import io.gatehouse.common.crypto.Secret;
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
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

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
        JsonObject body = new JsonObject()
                .put("access_token", response.accessToken().reveal())
                .put("token_type", response.tokenType())
                .put("expires_in", response.expiresIn().toSeconds());
        if (response.issuedTokenType() != null) {
            body.put("issued_token_type", response.issuedTokenType());
        }
        if (!response.scope().isEmpty()) {
            body.put("scope", response.scope().toString());
        }
        Secret refreshToken = response.refreshToken();
        if (refreshToken != null) {
            body.put("refresh_token", refreshToken.reveal());
        }
        Secret idToken = response.idToken();
        if (idToken != null) {
            body.put("id_token", idToken.reveal());
        }
        if (response.authorizationDetails() != null) {
            body.put("authorization_details", new JsonArray(response.authorizationDetails()));
        }
        return Reply.secretJson(200, body);
    }
}
