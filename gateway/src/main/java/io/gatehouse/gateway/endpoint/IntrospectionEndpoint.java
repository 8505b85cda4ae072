package io.gatehouse.gateway.endpoint;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.Client;
import io.gatehouse.common.model.Confirmation;
import io.gatehouse.common.model.Grant;
import io.gatehouse.gateway.http.Accept;
import io.gatehouse.gateway.http.ClientCredentialsReader;
import io.gatehouse.gateway.http.Endpoint;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.FormBody;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.AccessToken;
import io.gatehouse.gateway.oauth.AuthenticatedClient;
import io.gatehouse.gateway.oauth.ClientAuthenticator;
import io.gatehouse.gateway.oauth.IntrospectionService;
import io.gatehouse.gateway.oauth.IntrospectionService.Answer;
import io.gatehouse.gateway.oauth.Parameters;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

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
        if (answer.accessToken() != null) {
            return Reply.secretJson(200, describe(answer.accessToken()));
        }
        return answer.refreshToken() == null
                ? INACTIVE
                : Reply.secretJson(200, describe(answer.refreshToken(), answer.subject()));
    }

    private static JsonObject describe(AccessToken token) {
        JsonObject body = new JsonObject()
                .put("active", true)
                .put("token_type", isBoundToKey(token) ? "DPoP" : "Bearer")
                .put("iss", token.issuer())
                .put("sub", token.subject())
                .put("client_id", token.clientId())
                .put("aud", audience(token))
                .put("scope", token.scope().toString())
                .put("jti", token.jti())
                .put("iat", token.issuedAt().getEpochSecond())
                .put("exp", token.expiresAt().getEpochSecond())
                .put("family", token.family().claim());
        if (!token.roles().isEmpty()) {
            body.put("roles", new JsonArray(token.roles()));
        }
        if (token.confirmation() != null) {
            Confirmation bound = Confirmation.parse(token.confirmation());
            body.put("cnf", new JsonObject().put(bound.kind().claim(), bound.thumbprint()));
        }
        if (token.provenance() != null && token.provenance().act() != null) {
            body.put("act", token.provenance().act());
        }
        return putDetails(body, token.authorizationDetails());
    }

    private static boolean isBoundToKey(AccessToken token) {
        return token.confirmation() != null
                && Confirmation.parse(token.confirmation()).kind() == Confirmation.Kind.KEY;
    }

    private static Object audience(AccessToken token) {
        return token.audience().size() == 1 ? token.audience().get(0) : new JsonArray(token.audience());
    }

    private static JsonObject describe(Grant grant, @Nullable String subject) {
        JsonObject body = new JsonObject()
                .put("active", true)
                .put("token_type", "refresh_token")
                .put("sub", subject)
                .put("client_id", grant.clientId())
                .put("scope", grant.scope().toString())
                .put("iat", grant.createdAt().getEpochSecond())
                .put("exp", grant.idleExpiresAt().getEpochSecond())
                .put("family", grant.family().claim());
        return grant.access() == null ? body : putDetails(body, grant.access().authorizationDetails());
    }

    /** RFC 9396, section 9.2. */
    private static JsonObject putDetails(JsonObject body, @Nullable String details) {
        return details == null ? body : body.put("authorization_details", new JsonArray(details));
    }
}
