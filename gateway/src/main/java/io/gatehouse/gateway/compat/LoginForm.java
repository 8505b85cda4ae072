package io.gatehouse.gateway.compat;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.model.AuthMethod;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.Scope;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.FormBody;
import io.gatehouse.gateway.http.MultipartBody;
import io.gatehouse.gateway.oauth.ClientCredentials;
import io.gatehouse.gateway.oauth.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of POST /auth/login.
 *
 * @param client null where the form names no client
 */
record LoginForm(
        LoginName loginName,
        Secret password,
        Scope scope,
        @Nullable ClientCredentials client) {
    private static final int MAX_USERNAME = 150;
    private static final int MAX_PASSWORD = 1024;

    static LoginForm read(Exchange exchange) {
        Parameters fields = fields(exchange);
        List<String> problems = new ArrayList<>();
        String username = field(fields, "username", MAX_USERNAME, problems);
        String password = field(fields, "password", MAX_PASSWORD, problems);
        String grantType = fields.get("grant_type");
        if (grantType != null && !grantType.equals("password")) {
            problems.add("body.grant_type: String should match pattern 'password'");
        }
        if (!problems.isEmpty()) {
            throw LoginErrors.unprocessable(String.join("; ", problems));
        }
        String scope = fields.get("scope");
        return new LoginForm(
                new LoginName(LoginName.Kind.USERNAME, username),
                Secret.of(password),
                scope == null ? Scope.EMPTY : Scope.parse(scope),
                client(fields));
    }

    private static Parameters fields(Exchange exchange) {
        Parameters fields = new Parameters(Code.UNPROCESSABLE_CONTENT);
        return switch (exchange.mediaType()) {
            case FormBody.MEDIA_TYPE -> FormBody.parse(exchange.body(), fields);
            case MultipartBody.MEDIA_TYPE -> MultipartBody.parse(exchange, fields);
            default -> fields;
        };
    }

    private static String field(Parameters fields, String name, int limit, List<String> problems) {
        String value = fields.get(name);
        if (value == null) {
            problems.add("body." + name + ": Field required");
            return "";
        }
        if (value.length() > limit) {
            problems.add("body." + name + ": String should have at most " + limit + " characters");
        }
        return value;
    }

    private static @Nullable ClientCredentials client(Parameters fields) {
        String clientId = fields.get("client_id");
        if (clientId == null) {
            return null;
        }
        String secret = fields.get("client_secret");
        // Who only names a client shows nothing, and must not learn whether it is registered.
        return secret == null
                ? null
                : new ClientCredentials(AuthMethod.CLIENT_SECRET_POST, clientId, Secret.of(secret));
    }
}
