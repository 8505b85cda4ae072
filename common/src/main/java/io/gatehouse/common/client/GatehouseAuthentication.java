package io.gatehouse.common.client;

import io.gatehouse.common.verify.AccessToken;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.AuthenticationProvider;
import io.vertx.ext.auth.authentication.Credentials;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.authorization.Authorization;
import io.vertx.ext.auth.authorization.PermissionBasedAuthorization;
import io.vertx.ext.auth.authorization.RoleBasedAuthorization;
import java.util.HashSet;
import java.util.Set;

/**
 * Users by access tokens: a user's principal has {@code sub}, {@code client_id}, {@code scope} and {@code sub_type}; each scope
 * is a permission, each role a role.
 */
public final class GatehouseAuthentication implements AuthenticationProvider {
    private static final String PROVIDER = "gatehouse";

    private final Gatehouse gatehouse;

    public GatehouseAuthentication(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
    }

    /** @param credentials {@link TokenCredentials} with an access token */
    @Override
    public Future<User> authenticate(Credentials credentials) {
        if (credentials instanceof TokenCredentials token && token.getToken() != null) {
            return gatehouse.verify(token.getToken()).map(GatehouseAuthentication::user);
        }
        return Future.failedFuture(
                new IllegalArgumentException("Gatehouse takes TokenCredentials with an access token"));
    }

    static User user(AccessToken token) {
        JsonObject principal = new JsonObject()
                .put("sub", token.subject())
                .put("sub_type", token.actsForUser() ? "user" : "client")
                .put("client_id", token.clientId())
                .put("scope", token.scope().toString())
                .put("exp", token.expiresAt().getEpochSecond());
        User user = User.create(principal);
        Set<Authorization> granted = new HashSet<>();
        token.scope().values().forEach(scope -> granted.add(PermissionBasedAuthorization.create(scope)));
        token.roles().forEach(role -> granted.add(RoleBasedAuthorization.create(role)));
        user.authorizations().put(PROVIDER, granted);
        return user;
    }
}
