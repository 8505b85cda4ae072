package io.gatehouse.gateway.compat;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.TokenFamily;
import io.gatehouse.gateway.http.ClientCredentialsReader;
import io.gatehouse.gateway.http.Exchange;
import io.gatehouse.gateway.http.FormBody;
import io.gatehouse.gateway.http.Mount;
import io.gatehouse.gateway.http.Reply;
import io.gatehouse.gateway.oauth.ClientCredentials;
import io.gatehouse.gateway.oauth.ClientJwtLogin;
import io.gatehouse.gateway.oauth.Parameters;
import io.gatehouse.gateway.oauth.Protocol;
import io.gatehouse.gateway.oauth.Refusals;
import io.gatehouse.gateway.oauth.TokenRequest;
import io.gatehouse.gateway.oauth.TokenResponse;
import io.gatehouse.gateway.page.AuthorizationPages;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/authorize.do}, {@code GET /api/authorizeByJWT.do}, {@code POST /api/token.do} and
 * {@code POST /api/refreshToken.do}.
 */
public final class BabelBirdApi {
    private static final int MAX_ECHO = 1024;

    private final Protocol protocol;
    private final Duration codeLife;
    private final AuthorizationPages pages;

    /** @param pages that a login in a browser goes through */
    public BabelBirdApi(Protocol protocol, Duration codeLife, AuthorizationPages pages) {
        this.protocol = protocol;
        this.codeLife = codeLife;
        this.pages = pages;
    }

    /** Its lines of the table of contents. */
    public Stream<Mount> mounts() {
        return Stream.of(
                pages.authorize("/api/authorize.do", TokenFamily.BABELBIRD),
                // no HEAD: it would spend the JWT and show no code
                new Mount(
                        Set.of(HttpMethod.GET),
                        "/api/authorizeByJWT.do",
                        BabelBirdErrors.ofLogins(),
                        this::authorizeByJwt),
                Mount.post(
                        "/api/token.do",
                        BabelBirdErrors.ofTokens(),
                        exchange -> tokens(exchange, "authorization_code", List.of("code", "redirect_uri"))),
                Mount.post(
                        "/api/refreshToken.do",
                        BabelBirdErrors.ofTokens(),
                        exchange -> tokens(exchange, "refresh_token", List.of("refresh_token"))));
    }

    private Future<Reply> authorizeByJwt(Exchange exchange) {
        Parameters query = query(exchange, new Parameters());
        if (!query.require("response_type").equals("code")) {
            throw OAuthError.failure(Code.UNSUPPORTED_RESPONSE_TYPE, "response_type must be code");
        }
        ClientJwtLogin.Request request = new ClientJwtLogin.Request(
                exchange.tenant(),
                query.require("client_id"),
                TokenFamily.BABELBIRD,
                Secret.of(query.require("jwt_token")),
                selector(query),
                exchange.clientAddress(),
                codeLife,
                query.get("redirect_uri"));
        checkEcho(query);
        return protocol.clientJwts().login(request).map(code -> reply(query, code));
    }

    private static @Nullable LoginName selector(Parameters query) {
        List<LoginName> named = Stream.of(
                        name(LoginName.Kind.EMAIL, query.get("email")),
                        name(LoginName.Kind.PHONE, query.get("phone")),
                        name(LoginName.Kind.EMPLOYEE_ID, query.get("babelId")))
                .filter(Objects::nonNull)
                .toList();
        if (named.size() > 1) {
            throw OAuthError.failure(Code.INVALID_REQUEST, "send one of email, phone and babelId, not more");
        }
        return named.isEmpty() ? null : named.get(0);
    }

    private static @Nullable LoginName name(LoginName.Kind kind, @Nullable String value) {
        if (value == null) {
            return null;
        }
        // A plus sign that nobody encoded arrives as a blank.
        boolean plusLost = kind == LoginName.Kind.PHONE && value.startsWith(" ");
        return new LoginName(kind, plusLost ? "+" + value.substring(1) : value);
    }

    private static void checkEcho(Parameters query) {
        for (String name : List.of("data", "state")) {
            String value = query.get(name);
            if (value != null && value.length() > MAX_ECHO) {
                throw OAuthError.failure(Code.INVALID_REQUEST, name + " is longer than " + MAX_ECHO + " characters");
            }
        }
    }

    private Reply reply(Parameters query, Secret code) {
        String redirectUri = query.get("redirect_uri");
        Reply reply = redirectUri == null ? inBody(query, code) : byRedirect(query, redirectUri, code);
        return reply.with("Referrer-Policy", "no-referrer");
    }

    private Reply inBody(Parameters query, Secret code) {
        JsonObject body = new JsonObject()
                .put("success", true)
                .put("code", code.reveal())
                .put("expires_in", codeLife.toSeconds());
        for (String name : List.of("data", "state")) {
            if (query.get(name) != null) {
                body.put(name, query.get(name));
            }
        }
        return Reply.secretJson(200, body);
    }

    private static Reply byRedirect(Parameters query, String redirectUri, Secret code) {
        StringBuilder location = new StringBuilder(redirectUri);
        location.append(redirectUri.indexOf('?') < 0 ? '?' : '&')
                .append("code=")
                .append(code.reveal());
        for (String name : List.of("data", "state")) {
            String value = query.get(name);
            if (value != null) {
                location.append('&').append(name).append('=').append(FormBody.encode(value));
            }
        }
        return Reply.empty(302).with("Location", location.toString());
    }

    /** Parameters count in the URL and in a form, once; those of the token endpoint that are not named here do not. */
    private Future<Reply> tokens(Exchange exchange, String grantType, List<String> names) {
        Parameters given = query(exchange, new Parameters());
        if (exchange.body().length() > 0) {
            FormBody.read(exchange, given);
        }
        if (!given.require("grant_type").equals(grantType)) {
            throw OAuthError.failure(Code.UNSUPPORTED_GRANT_TYPE, "grant_type must be " + grantType + " here");
        }
        Parameters wanted = new Parameters();
        wanted.add("grant_type", grantType);
        for (String name : names) {
            String value = given.get(name);
            if (value != null) {
                wanted.add(name, value);
            }
        }
        return token(exchange, wanted).map(BabelBirdApi::reply);
    }

    /** Documented is base64 of id and secret as they are; RFC 6749 wants them form-encoded first. Both are taken. */
    private Future<TokenResponse> token(Exchange exchange, Parameters parameters) {
        if (exchange.header("authorization") == null) {
            throw OAuthError.failure(Code.INVALID_CLIENT, "send client_id and client_secret by HTTP Basic");
        }
        ClientCredentials literal = ClientCredentialsReader.literalBasic(exchange);
        return protocol.tokens()
                .token(new TokenRequest(exchange.tenant(), literal, parameters))
                .recover(failure -> literal != null && Refusals.is(failure, Code.INVALID_CLIENT)
                        ? decoded(exchange, parameters)
                        : Future.failedFuture(failure));
    }

    private Future<TokenResponse> decoded(Exchange exchange, Parameters parameters) {
        ClientCredentials decoded = ClientCredentialsReader.read(exchange, new Parameters());
        return protocol.tokens().token(new TokenRequest(exchange.tenant(), decoded, parameters));
    }

    private static Parameters query(Exchange exchange, Parameters parameters) {
        String query = exchange.rawQuery();
        return query == null ? parameters : FormBody.parse(Buffer.buffer(query), parameters);
    }

    private static Reply reply(TokenResponse response) {
        JsonObject body = new JsonObject()
                .put("access_token", response.accessToken().reveal())
                .put("expires_in", response.expiresIn().toSeconds())
                .put("token_type", "Bearer");
        Secret refreshToken = response.refreshToken();
        if (refreshToken != null) {
            body.put("refresh_token", refreshToken.reveal());
        }
        return Reply.secretJson(200, body);
    }
}
