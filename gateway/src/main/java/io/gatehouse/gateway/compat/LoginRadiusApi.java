package io.gatehouse.gateway.compat;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Attestation;
import io.gatehouse.common.message.JwtAppTokens.Issued;
import io.gatehouse.common.message.ProfileStatement;
import io.gatehouse.common.message.Users;
import io.gatehouse.common.message.Users.Rejection;
import io.gatehouse.common.model.BuiltInClients;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.common.verify.AccessToken;
import io.gatehouse.gateway.compat.LoginRadiusErrors.Refusal;
import io.gatehouse.gateway.http.Endpoint;
import io.gatehouse.gateway.http.ErrorStyle;
import io.gatehouse.gateway.http.Mount;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.PasswordLogin.LoggedIn;
import io.gatehouse.gateway.oauth.Protocol;
import io.gatehouse.gateway.oauth.TokenInspector.Inspected;
import io.gatehouse.gateway.oauth.TokenResponse;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * JWTs for JWT apps, {@code /sso/jwt/api/*} and {@code /api/jwt/{app}/*}, and what a client needs to come by an access
 * token for them, {@code /identity/v2/auth/*}. The tenant is the one whose apikey the query holds.
 */
public final class LoginRadiusApi {
    private static final String CLIENT = BuiltInClients.clientId(TokenFamily.LOGINRADIUS);

    private final Protocol protocol;
    private final Function<String, Future<@Nullable Tenant>> tenants;

    /** @param tenants finds one by its apikey; null where there is none */
    public LoginRadiusApi(Protocol protocol, Function<String, Future<@Nullable Tenant>> tenants) {
        this.protocol = protocol;
        this.tenants = tenants;
    }

    /** Its lines of the table of contents. None answers to HEAD: it would sign or revoke and show nothing. */
    public Stream<Mount> mounts() {
        return Stream.of(
                get("/sso/jwt/api/token", this::token),
                login("/sso/jwt/api/login", this::loginToApp),
                get("/api/jwt/{app}/token", this::token),
                login("/api/jwt/{app}/login", this::loginToApp),
                login("/identity/v2/auth/login", this::login),
                get("/identity/v2/auth/access_token/validate", this::validate),
                get("/identity/v2/auth/access_token/Validate", this::validate),
                get("/identity/v2/auth/access_token/invalidate", this::invalidate),
                get("/identity/v2/auth/access_token/Invalidate", this::invalidate),
                get("/identity/v2/auth/access_token/InValidate", this::invalidate));
    }

    private Mount get(String path, Function<Call, Future<Reply>> answer) {
        return mount(HttpMethod.GET, path, LoginRadiusErrors.ofTokens(), answer);
    }

    private Mount login(String path, Function<Call, Future<Reply>> answer) {
        return mount(HttpMethod.POST, path, LoginRadiusErrors.ofLogins(), answer);
    }

    private Mount mount(HttpMethod method, String path, ErrorStyle style, Function<Call, Future<Reply>> answer) {
        Endpoint endpoint = exchange -> Future.succeededFuture(exchange)
                .map(LoginRadiusRequest::of)
                .compose(this::call)
                .compose(answer)
                .recover(LoginRadiusErrors::answer);
        return new Mount(Set.of(method), path, style, endpoint);
    }

    /** A request whose tenant is known. */
    private record Call(LoginRadiusRequest request, Tenant tenant) {
        String tenantId() {
            return tenant.id();
        }
    }

    private Future<Call> call(LoginRadiusRequest request) {
        return tenants.apply(request.apikey()).map(tenant -> {
            if (tenant == null || !request.mayName(tenant)) {
                throw Refusal.APIKEY_UNKNOWN.failure();
            }
            return new Call(request, tenant);
        });
    }

    private Future<Reply> token(Call call) {
        return app(call).compose(app -> {
            String nonce = call.request.nonce();
            Secret accessToken = call.request.accessToken();
            return inspect(call, accessToken)
                    .compose(token -> protocol.jwtApps().issue(app, token, accessToken, nonce))
                    .map(LoginRadiusApi::signature);
        });
    }

    private Future<Reply> loginToApp(Call call) {
        return app(call)
                .compose(app -> authenticate(call)
                        .compose(user -> protocol.jwtApps().issue(call.tenantId(), app, user))
                        .map(LoginRadiusApi::signature));
    }

    private Future<Reply> login(Call call) {
        return authenticate(call).compose(user -> protocol.logins().open(user).map(tokens -> described(user, tokens)));
    }

    private Future<Reply> validate(Call call) {
        Secret accessToken = call.request.accessToken();
        return inspect(call, accessToken)
                .map(token -> LoginRadiusProfile.success(tokens(accessToken, null, token.expiresAt())));
    }

    /**
     * An access token can be denied without the grant behind it, but it does not tell that grant's refresh token. So
     * whoever wants no refresh either has everything ended that the user was given, on all devices.
     */
    private Future<Reply> invalidate(Call call) {
        boolean everything = call.request.preventsRefresh();
        Secret accessToken = everything ? call.request.accessTokenAsBearer() : call.request.accessToken();
        return inspect(call, accessToken)
                .compose(token -> everything
                        ? protocol.subjects().logOut(token.tenant(), token.user())
                        : protocol.revocation().revoke(token))
                .map(done -> LoginRadiusProfile.success(new JsonObject().put("IsPosted", true)));
    }

    private Future<Attestation> app(Call call) {
        return protocol.jwtApps().find(call.tenantId(), call.request.app()).map(app -> {
            if (app == null) {
                throw Refusal.APP_UNKNOWN.failure();
            }
            return app;
        });
    }

    private Future<LoggedIn> authenticate(Call call) {
        call.request.checkMail(call.tenant);
        LoginRadiusRequest.Login login = call.request.login();
        return protocol.logins()
                .authenticate(
                        new Users.Authenticate(
                                call.tenantId(),
                                login.name(),
                                login.password(),
                                CLIENT,
                                TokenFamily.LOGINRADIUS,
                                Scope.EMPTY,
                                call.request.clientAddress()),
                        LoginRadiusApi::refusal);
    }

    private static RuntimeException refusal(Rejection reason) {
        return switch (reason) {
            case BAD_CREDENTIALS -> Refusal.BAD_CREDENTIALS.failure();
            case EMAIL_NOT_VERIFIED -> Refusal.EMAIL_NOT_VERIFIED.failure();
            case PHONE_NOT_VERIFIED -> Refusal.PHONE_NOT_VERIFIED.failure();
            case BLOCKED, SUSPENDED -> Refusal.BLOCKED.failure();
            case DEACTIVATED -> Refusal.DEACTIVATED.failure();
            case PENDING, CLIENT_NOT_ALLOWED -> Refusal.MAY_NOT_LOG_IN.failure();
            case SECOND_FACTOR_NEEDED -> Refusal.SECOND_FACTOR_NEEDED.failure();
        };
    }

    private Future<AccessToken> inspect(Call call, Secret accessToken) {
        return protocol.inspector().look(call.tenantId(), accessToken.reveal()).map(this::accepted);
    }

    private AccessToken accepted(Inspected inspected) {
        AccessToken token = inspected.token();
        boolean ours = token.family() == TokenFamily.LOGINRADIUS || token.family() == TokenFamily.OAUTH;
        if (!ours || !token.actsForUser() || !protocol.defaultAudience().isOf(token)) {
            throw Refusal.TOKEN_INVALID.failure();
        }
        return switch (inspected.standing()) {
            case CURRENT -> token;
            case EXPIRED -> throw Refusal.TOKEN_EXPIRED.failure();
            case REVOKED -> throw Refusal.TOKEN_INVALID.failure();
        };
    }

    private static Reply signature(Issued issued) {
        return LoginRadiusProfile.success(
                new JsonObject().put("signature", issued.jwt().reveal()));
    }

    private static Reply described(LoggedIn user, TokenResponse tokens) {
        ProfileStatement statement = user.profile().read(ProfileStatement.class);
        Secret refreshToken = Objects.requireNonNull(tokens.refreshToken());
        JsonObject body = new JsonObject().put("Profile", LoginRadiusProfile.describe(statement.profile()));
        return LoginRadiusProfile.success(body.mergeIn(tokens(tokens.accessToken(), refreshToken, tokens.expiresAt())));
    }

    /** Here {@code expires_in} is a moment, not a time span. */
    private static JsonObject tokens(Secret accessToken, @Nullable Secret refreshToken, Instant expiresAt) {
        return new JsonObject()
                .put("access_token", accessToken.reveal())
                .put("refresh_token", refreshToken == null ? null : refreshToken.reveal())
                .put("expires_in", expiresAt.toString());
    }
}
