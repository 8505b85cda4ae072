package io.gatehouse.gateway.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.message.JwtAppTokens;
import io.gatehouse.common.message.JwtApps;
import io.gatehouse.common.message.Revocations;
import io.gatehouse.common.message.Users;
import io.gatehouse.common.message.Users.Authentication.Authenticated;
import io.gatehouse.common.model.UserProfile;
import io.gatehouse.common.model.UserState;
import io.gatehouse.gateway.TestGateway;
import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.Samples;
import io.gatehouse.gateway.oauth.TestClock;
import io.gatehouse.gateway.oauth.Tokens;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A gateway behind which everything works: user ada, and the JWT app {@code shop} in each tenant. */
final class LoginRadiusCaller implements AutoCloseable {
    static final String APIKEY = "apikey=" + TestGateway.APIKEY;
    static final String TOKEN_PATH = "/sso/jwt/api/token?jwtapp=shop&" + APIKEY;
    static final String LOGIN_PATH = "/sso/jwt/api/login?jwtapp=shop&" + APIKEY;
    static final String IDENTITY_LOGIN = "/identity/v2/auth/login?" + APIKEY;
    static final String VALIDATE = "/identity/v2/auth/access_token/validate?" + APIKEY;
    static final String INVALIDATE = "/identity/v2/auth/access_token/invalidate?" + APIKEY;
    static final String ADA = "{\"username\":\"ada\",\"password\":\"pw\"}";

    final TestGateway gateway;

    LoginRadiusCaller() {
        this("");
    }

    /** @param yaml more configuration */
    LoginRadiusCaller(String yaml) {
        gateway = new TestGateway(yaml);
        userIs(ada("ada"));
        gateway.node
                .on(
                        JwtApps.Find.class,
                        find -> new JwtApps.Found(
                                find.name().equals("shop") ? Samples.app(find.tenant(), "shop", 1) : null))
                .on(
                        JwtAppTokens.Issue.class,
                        issue -> new JwtAppTokens.Issued(Secret.of("a.b.c"), TestClock.START.plusSeconds(600)))
                .on(Issuer.Issue.class, issue -> Samples.issued(issue.scope()))
                .on(Grants.Open.class, open -> new Grants.Opened(TestClock.START.plus(Duration.ofDays(60))))
                .on(Grants.Revoke.class, revoke -> new Grants.Revoked(Grants.Outcome.REVOKED, List.of()))
                .on(Revocations.DenyToken.class, deny -> new Revocations.Denied(List.of()))
                .on(Users.LogOut.class, logOut -> new Users.LoggedOut(List.of()));
    }

    /** Who logs in, and whom the store vouches for. */
    void userIs(UserProfile user) {
        gateway.node
                .on(
                        Users.Authenticate.class,
                        request -> new Authenticated(
                                Samples.ticket(request.tenant(), request.family(), request.clientId()),
                                Samples.profile(user)))
                .on(Users.Vouch.class, vouch -> new Users.Vouched(Samples.profile(user)));
    }

    static UserProfile ada(String username) {
        return new UserProfile(
                "main",
                Tokens.SUBJECT,
                username,
                "Ada Lovelace",
                "ada@example.org",
                true,
                "+15550100",
                false,
                "E-1",
                List.of("editor"),
                UserState.ACTIVE,
                TestClock.START,
                null,
                Map.of());
    }

    static Map<String, Object> claims() {
        Map<String, Object> claims = Tokens.claims();
        claims.put("family", "loginradius");
        claims.put("client_id", "gatehouse.loginradius");
        return claims;
    }

    static Map<String, Object> claims(String name, Object value) {
        Map<String, Object> claims = claims();
        claims.put(name, value);
        return claims;
    }

    /** Good in every respect. */
    static String accessToken() {
        return Tokens.signed(claims());
    }

    static String bearer(String token) {
        return "Authorization: Bearer " + token;
    }

    RawReply get(String path, String... headers) {
        return gateway.get(path, headers);
    }

    RawReply login(String json) {
        return gateway.postJson(LOGIN_PATH, json);
    }

    static void assertSignature(RawReply reply) {
        assertSuccess(reply);
        assertThat(reply.body()).isEqualTo("{\"signature\":\"a.b.c\"}");
    }

    static void assertSuccess(RawReply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.body()).doesNotContain("escription");
        assertHeaders(reply);
    }

    static void assertError(RawReply reply, int status, int number) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertHeaders(reply);
        JsonObject body = reply.json();
        assertThat(body.fieldNames())
                .containsExactly("Description", "ErrorCode", "Message", "IsProviderError", "ProviderErrorResponse");
        assertThat(body.getInteger("ErrorCode")).as(reply.toString()).isEqualTo(number);
        assertThat(body.getString("Description")).isNotEmpty();
        assertThat(body.getString("Message")).isNotEmpty();
        assertThat(body.getBoolean("IsProviderError")).isFalse();
        assertThat(body.getValue("ProviderErrorResponse")).isNull();
        assertThat(reply.has("www-authenticate")).isEqualTo(status == 401);
    }

    private static void assertHeaders(RawReply reply) {
        assertThat(reply.header("content-type")).isEqualTo("application/json");
        assertThat(reply.header("cache-control")).isEqualTo("no-store");
        assertThat(reply.header("referrer-policy")).isEqualTo("no-referrer");
    }

    @Override
    public void close() {
        gateway.close();
    }
}
