package io.gatehouse.gateway.compat;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Users;
import io.gatehouse.common.message.Users.Rejection;
import io.gatehouse.common.model.BuiltInClients;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.common.model.UserProfile;
import io.gatehouse.common.model.UserState;
import io.gatehouse.common.verify.AccessToken;
import io.gatehouse.gateway.http.Endpoint;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.Mount;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.AuthenticatedClient;
import io.gatehouse.gateway.oauth.Protocol;
import io.gatehouse.gateway.oauth.Refusals;
import io.gatehouse.gateway.oauth.TokenResponse;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The login API with username and password: {@code /auth/login}, {@code /auth/refresh}, {@code /auth/logout} and
 * {@code /auth/me}, each with and without a final slash and also below {@code /api}.
 */
public final class LoginApi {
    private static final String CLIENT = BuiltInClients.clientId(TokenFamily.LOGIN);

    private final Protocol protocol;

    public LoginApi(Protocol protocol) {
        this.protocol = protocol;
    }

    /** Its lines of the table of contents. */
    public Stream<Mount> mounts() {
        return Stream.of(
                        mounts(HttpMethod.POST, "/auth/login", this::login),
                        mounts(HttpMethod.POST, "/auth/refresh", this::refresh),
                        mounts(HttpMethod.POST, "/auth/logout", this::logOut),
                        mounts(HttpMethod.GET, "/auth/me", this::me))
                .flatMap(spellings -> spellings);
    }

    private static Stream<Mount> mounts(HttpMethod method, String path, Endpoint endpoint) {
        LoginErrors style = new LoginErrors();
        return Stream.of(path, path + "/", "/api" + path, "/api" + path + "/")
                .map(spelling -> new Mount(Set.of(method), spelling, style, endpoint));
    }

    private Future<Reply> login(Exchange exchange) {
        LoginForm form = LoginForm.read(exchange);
        return clientOf(exchange.tenant(), form)
                .compose(clientId -> protocol.logins()
                        .login(
                                new Users.Authenticate(
                                        exchange.tenant(),
                                        form.loginName(),
                                        form.password(),
                                        clientId,
                                        TokenFamily.LOGIN,
                                        form.scope(),
                                        exchange.clientAddress()),
                                LoginApi::refusal))
                .map(LoginApi::tokens);
    }

    /**
     * For whom the user logs in: a registered client that shows its secret becomes the owner of the grant, which then is
     * refreshed at the token endpoint; any other client_id is ignored, as the original does.
     */
    private Future<String> clientOf(String tenant, LoginForm form) {
        if (form.client() == null) {
            return Future.succeededFuture(CLIENT);
        }
        return protocol.clients()
                .authenticateIfRegistered(tenant, form.client())
                .map(LoginApi::clientIdOf);
    }

    private static String clientIdOf(@Nullable AuthenticatedClient client) {
        if (client != null && client.client().extensions().demandsBoundTokens()) {
            // No proofs of keys are read here.
            throw LoginErrors.forbidden("Password login is not allowed for this client");
        }
        return client == null ? CLIENT : client.clientId();
    }

    private static RuntimeException refusal(Rejection reason) {
        return switch (reason) {
            case BAD_CREDENTIALS -> LoginErrors.unauthorized("Incorrect username or password");
            case PENDING -> LoginErrors.forbidden("Your account is awaiting approval");
            case SUSPENDED, DEACTIVATED, BLOCKED -> LoginErrors.forbidden("Account not active");
            case EMAIL_NOT_VERIFIED, PHONE_NOT_VERIFIED -> LoginErrors.forbidden("Account not verified");
            case CLIENT_NOT_ALLOWED -> LoginErrors.forbidden("Password login is not allowed for this client");
            case SECOND_FACTOR_NEEDED ->
                LoginErrors.forbidden("This account has a second factor: log in through the login pages"
                        + " (/oauth2/authorize), which ask for it");
        };
    }

    private Future<Reply> refresh(Exchange exchange) {
        String token = RefreshTokenBody.read(exchange);
        if (token == null) {
            throw LoginErrors.unauthorized("Invalid or expired refresh token");
        }
        return protocol.refreshes()
                .refresh(exchange.tenant(), CLIENT, token, null)
                .map(LoginApi::tokens)
                .recover(failure -> Future.failedFuture(worded(failure, "Invalid or expired refresh token")));
    }

    private Future<Reply> logOut(Exchange exchange) {
        String refreshToken = RefreshTokenBody.read(exchange);
        return subjectOf(exchange, refreshToken)
                .compose(subject -> subject == null
                        ? Future.failedFuture(LoginErrors.unauthorized("Not authenticated"))
                        : protocol.subjects().logOut(exchange.tenant(), subject))
                .map(done -> Reply.empty(204));
    }

    /** An access token may have expired since; the refresh token then tells as well who logs out. */
    private Future<@Nullable String> subjectOf(Exchange exchange, @Nullable String refreshToken) {
        Future<@Nullable String> byAccessToken =
                accessToken(exchange, "Not authenticated").map(AccessToken::user);
        if (refreshToken == null || refreshToken.isEmpty()) {
            return byAccessToken;
        }
        return byAccessToken.recover(expired -> protocol.subjects().subjectOf(exchange.tenant(), CLIENT, refreshToken));
    }

    private Future<Reply> me(Exchange exchange) {
        return accessToken(exchange, "Could not validate credentials")
                .compose(token -> protocol.subjects()
                        .find(exchange.tenant(), token.user())
                        .map(user -> profile(token, user)));
    }

    private Future<AccessToken> accessToken(Exchange exchange, String missing) {
        String token = exchange.bearerToken();
        if (token == null) {
            return Future.failedFuture(LoginErrors.unauthorized(missing));
        }
        return protocol.inspector().inspect(exchange.tenant(), token).map(found -> {
            if (found.family() != TokenFamily.LOGIN || !found.actsForUser()) {
                throw OAuthError.failure(Code.INVALID_TOKEN, "the access token was not given by this API");
            }
            return found;
        });
    }

    private static Reply profile(AccessToken token, @Nullable UserProfile user) {
        if (user == null || user.state() != UserState.ACTIVE) {
            throw OAuthError.failure(Code.INVALID_TOKEN, "the account is not active");
        }
        return Reply.secretJson(
                200,
                new JsonObject()
                        .put("id", token.subject())
                        .put("username", user.username())
                        .put("email", user.email())
                        .put("is_active", true)
                        .put("status", user.state().name().toLowerCase(Locale.ROOT))
                        .put("last_login_at", Objects.toString(user.lastLoginAt(), null))
                        .put("created_at", user.createdAt().toString())
                        .put("roles", new JsonArray(user.roles()))
                        .putNull("quota_usage"));
    }

    private static Reply tokens(TokenResponse response) {
        return Reply.secretJson(
                200,
                new JsonObject()
                        .put("access_token", response.accessToken().reveal())
                        .put(
                                "refresh_token",
                                Objects.requireNonNull(response.refreshToken()).reveal())
                        .put("token_type", "bearer")
                        .put("expires_in", response.expiresIn().toSeconds()));
    }

    /** The protocol's own words for a refused token speak to OAuth clients; this API has a text of its own. */
    private static Throwable worded(Throwable failure, String detail) {
        return Refusals.is(failure, Code.INVALID_GRANT) ? LoginErrors.unauthorized(detail) : failure;
    }
}
