package io.gatehouse.gateway.endpoint;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.gateway.http.BearerErrors;
import io.gatehouse.gateway.http.ErrorStyle;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.Mount;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.http.StrictJson;
import io.gatehouse.gateway.oauth.ClientInformation;
import io.gatehouse.gateway.oauth.ClientRegistration;
import io.gatehouse.gateway.oauth.ClientRegistration.Information;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** POST /oauth2/register (RFC 7591), and GET, PUT and DELETE of what was registered (RFC 7592). */
public final class RegistrationEndpoint {
    public static final String PATH = "/oauth2/register";

    private static final int LARGEST = 64 * 1024;
    private static final int DEPTH = 8;

    private final ClientRegistration registration;
    private final String baseIssuer;
    private final StrictJson json = new StrictJson(DEPTH);

    /** @param baseIssuer of the default tenant */
    public RegistrationEndpoint(ClientRegistration registration, String baseIssuer) {
        this.registration = registration;
        this.baseIssuer = baseIssuer;
    }

    /** Its lines of the table of contents. */
    public Stream<Mount> mounts() {
        ErrorStyle bearer = new BearerErrors();
        String own = PATH + "/{client_id}";
        return Stream.of(
                Mount.post(PATH, bearer, this::register).fromAnywhere(),
                Mount.get(own, bearer, this::read).fromAnywhere(),
                new Mount(Set.of(HttpMethod.PUT), own, bearer, this::replace).fromAnywhere(),
                new Mount(Set.of(HttpMethod.DELETE), own, bearer, this::delete).fromAnywhere());
    }

    private Future<Reply> register(Exchange exchange) {
        String shown = exchange.bearerToken();
        return registration
                .register(
                        exchange.tenant(),
                        shown == null ? null : Secret.of(shown),
                        metadata(exchange),
                        exchange.clientAddress())
                .map(information -> reply(201, exchange, information));
    }

    private Future<Reply> read(Exchange exchange) {
        Secret token = token(exchange);
        return token == null
                ? Future.succeededFuture(BearerErrors.askForBearerToken())
                : registration
                        .read(exchange.tenant(), clientId(exchange), token)
                        .map(information -> reply(200, exchange, information));
    }

    private Future<Reply> replace(Exchange exchange) {
        Secret token = token(exchange);
        return token == null
                ? Future.succeededFuture(BearerErrors.askForBearerToken())
                : registration
                        .replace(exchange.tenant(), clientId(exchange), token, metadata(exchange))
                        .map(information -> reply(200, exchange, information));
    }

    private Future<Reply> delete(Exchange exchange) {
        Secret token = token(exchange);
        return token == null
                ? Future.succeededFuture(BearerErrors.askForBearerToken())
                : registration
                        .delete(exchange.tenant(), clientId(exchange), token)
                        .map(gone -> Reply.empty(204));
    }

    private static @Nullable Secret token(Exchange exchange) {
        String shown = exchange.bearerToken();
        return shown == null ? null : Secret.of(shown);
    }

    private static String clientId(Exchange exchange) {
        return Objects.requireNonNull(exchange.pathVariable());
    }

    private JsonObject metadata(Exchange exchange) {
        if (exchange.body().length() > LARGEST) {
            throw OAuthError.failure(Code.CONTENT_TOO_LARGE, "the body is larger than " + LARGEST + " bytes");
        }
        if (!exchange.mediaType().equals("application/json")) {
            throw OAuthError.failure(
                    Code.INVALID_REQUEST, "the body must be client metadata as JSON: send it as application/json");
        }
        try {
            if (json.decode(exchange.body()) instanceof JsonObject object) {
                return object;
            }
        } catch (DecodeException malformed) {
            // Refused like any other body that is no object.
        }
        throw OAuthError.failure(
                Code.INVALID_CLIENT_METADATA, "client metadata must be one JSON object, with no member twice");
    }

    private Reply reply(int status, Exchange exchange, Information information) {
        JsonObject told = ClientInformation.of(information.client());
        Secret secret = information.secret();
        if (secret != null) {
            told.put("client_secret", secret.reveal());
        }
        if (!information.client().secretDigests().isEmpty()) {
            told.put("client_secret_expires_at", 0);
        }
        told.put("registration_access_token", information.accessToken().reveal());
        told.put(
                "registration_client_uri",
                Tenant.issuer(baseIssuer, exchange.tenant()) + PATH + "/"
                        + information.client().clientId());
        return Reply.secretJson(status, told);
    }
}
