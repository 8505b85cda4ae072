package io.gatehouse.gateway.compat;

import static io.gatehouse.gateway.oauth.Tokens.claims;
import static io.gatehouse.gateway.oauth.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.Grants.Refusal;
import io.gatehouse.common.message.Grants.Rotation.Refused;
import io.gatehouse.common.message.Grants.Rotation.Rotated;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.message.Users;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** /auth/refresh, /auth/logout and /auth/me (seed-apis.md, 3.2 to 3.4). */
class LoginSiblingsTest {
    private static final String REFRESH_TOKEN = Entropy.bytes(64).base64Url();
    private static final String BODY = "{\"refresh_token\":\"" + REFRESH_TOKEN + "\"}";
    private final TestGateway gateway = new TestGateway();

    @BeforeEach
    void start() {
        gateway.node
                .on(Grants.Rotate.class, rotate -> new Rotated(Samples.ticket(rotate.clientId(), "openid"), 1))
                .on(Issuer.Issue.class, issue -> Samples.issued(issue.scope()))
                .on(Users.LogOut.class, logOut -> new Users.LoggedOut(List.of()))
                .on(Users.Find.class, find -> new Users.Found(ada(UserState.ACTIVE)));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static UserProfile ada(UserState state) {
        return new UserProfile(
                "main",
                Tokens.SUBJECT,
                "ada",
                "Ada",
                null,
                false,
                null,
                false,
                "E-1",
                List.of("editor"),
                state,
                TestClock.START,
                null,
                Map.of());
    }

    private static String bearer(String token) {
        return "Authorization: Bearer " + token;
    }

    private static void assertUnauthorized(RawReply reply, String detail) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(401);
        assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
        assertThat(reply.json().getString("detail")).isEqualTo(detail);
        assertThat(reply.header("www-authenticate")).startsWith("Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/auth/refresh", "/auth/refresh/", "/api/auth/refresh", "/api/auth/refresh/"})
    void aRefreshGivesNewTokens(String path) {
        RawReply reply = gateway.postJson(path, BODY);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.json().getString("refresh_token")).hasSize(86).isNotEqualTo(REFRESH_TOKEN);
        assertThat(reply.json().getString("token_type")).isEqualTo("bearer");
        assertThat(gateway.node.askedOnce(Grants.Rotate.class).clientId()).isEqualTo("gatehouse.login");
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void aRefusedRefreshIs401(Refusal reason) {
        gateway.node.on(Grants.Rotate.class, rotate -> new Refused(reason, List.of()));

        assertUnauthorized(gateway.postJson("/auth/refresh", BODY), "Invalid or expired refresh token");
    }

    @Test
    void noTokenIs401() {
        assertUnauthorized(gateway.post("/auth/refresh"), "Invalid or expired refresh token");
        assertUnauthorized(
                gateway.postJson("/auth/refresh", "{\"refresh_token\":\"\"}"), "Invalid or expired refresh token");
        assertUnauthorized(
                gateway.postJson("/auth/refresh", "{\"refresh_token\":\"x\"}"), "Invalid or expired refresh token");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | body.refresh_token: Field required",
                "{\"other\": {\"refresh_token\": \"x\"}} | body.refresh_token: Field required",
                "[] | body: Input should be a JSON object",
                "\"x\" | body: Input should be a JSON object",
                "null | body: Input should be a JSON object",
                "{\"refresh_token\": 1} | body.refresh_token: Input should be a valid string",
                "{\"refresh_token\": null} | body.refresh_token: Input should be a valid string",
                "{\"refresh_token\": [\"x\"]} | body.refresh_token: Input should be a valid string",
                "{ | body: JSON decode error",
                "{\"refresh_token\": \"x\" | body: JSON decode error",
                "{\"refresh_token\": \"x\"} {} | body: JSON decode error",
                "{\"refresh_token\": \"x\", \"refresh_token\": \"y\"} | body: JSON decode error",
                "{'refresh_token': 'x'} | body: JSON decode error",
                "nonsense | body: JSON decode error",
                "\u00ff\u00fe{} | body: JSON decode error"
            })
    void aBodyThatIsNotRightIs422(String body, String detail) {
        RawReply reply = gateway.exchange("POST", "/auth/refresh", body, "Content-Type: application/json; charset=x");

        assertThat(reply.status()).as(reply.toString()).isEqualTo(422);
        assertThat(reply.json().getString("detail")).isEqualTo(detail);
    }

    @Test
    void lengthDepthAndTypeOfTheBodyAreBounded() {
        String deep = "{\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
        String longest = "{\"refresh_token\":\"" + "x".repeat(513) + "\"}";

        assertThat(gateway.postJson("/auth/refresh", deep).status()).isEqualTo(422);
        assertThat(gateway.postJson("/auth/refresh", longest).json().getString("detail"))
                .contains("at most 512");
        assertThat(gateway.postForm("/auth/refresh", "refresh_token=x").status())
                .isEqualTo(422);
    }

    @Test
    void whoShowsAnAccessTokenIsLoggedOut() {
        RawReply reply = gateway.post("/auth/logout", bearer(signed(claims())));

        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.body()).isEmpty();
        assertThat(gateway.node.askedOnce(Users.LogOut.class)).isEqualTo(new Users.LogOut("main", Tokens.SUBJECT));
    }

    @Test
    void aRefreshTokenLogsOutWhenTheAccessTokenHasExpired() {
        gateway.node.on(Grants.Find.class, find -> new Grants.Found(Samples.grant(find.clientId())));
        String token = signed(claims());
        gateway.node.clock.pass(Duration.ofHours(1));

        assertThat(gateway.postJson("/auth/logout/", BODY).status()).isEqualTo(204);
        assertThat(gateway.postJson("/auth/logout/", BODY, bearer(token)).status())
                .isEqualTo(204);
        assertThat(gateway.node.asked(Users.LogOut.class)).hasSize(2);
    }

    /** A client may send both; the refresh token it has kept may be spent. */
    @Test
    void aGoodAccessTokenIsEnoughWhateverTheRefreshTokenIs() {
        gateway.node.on(Grants.Find.class, find -> new Grants.Found(null));

        assertThat(gateway.postJson("/auth/logout", BODY, bearer(signed(claims())))
                        .status())
                .isEqualTo(204);
    }

    @Test
    void whoShowsNothingGoodIsNotLoggedOut() {
        gateway.node.on(Grants.Find.class, find -> new Grants.Found(null));
        assertUnauthorized(gateway.post("/auth/logout"), "Not authenticated");
        assertUnauthorized(gateway.postJson("/auth/logout", BODY), "Not authenticated");
        assertUnauthorized(gateway.postJson("/auth/logout", BODY, bearer("x")), "Not authenticated");
        assertUnauthorized(gateway.post("/auth/logout", bearer("x")), "the access token is no token of this server");
        assertUnauthorized(gateway.post("/auth/logout", "Authorization: Basic eA=="), "Not authenticated");
        assertThat(gateway.node.asked(Users.LogOut.class)).isEmpty();
    }

    @Test
    void aFailedLogoutIsNoLogout() {
        gateway.node.failing(Users.LogOut.class, new OAuthError.Unavailable("store"));

        assertThat(gateway.post("/auth/logout", bearer(signed(claims()))).status())
                .isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/auth/me", "/auth/me/", "/api/auth/me", "/api/auth/me/"})
    void whoIAm(String path) {
        RawReply reply = gateway.get(path, bearer(signed(claims())));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.header("cache-control")).isEqualTo("no-store");
        assertThat(reply.json().getMap())
                .isEqualTo(new JsonObject("{\"id\":\"" + Tokens.SUBJECT
                                + "\",\"username\":\"ada\",\"email\":null,\"is_active\":true,"
                                + "\"status\":\"active\",\"last_login_at\":null,\"created_at\":\"2026-05-04T03:02:01Z\","
                                + "\"roles\":[\"editor\"],\"quota_usage\":null}")
                        .getMap());
    }

    @Test
    void onlyAUsersTokenOfThisApiTells() {
        assertUnauthorized(gateway.get("/auth/me"), "Could not validate credentials");
        assertUnauthorized(gateway.get("/auth/me", "Authorization: Bearer"), "Could not validate credentials");
        for (Map<String, Object> claims :
                List.of(with("family", "oauth"), with("family", "babelbird"), with("sub", "gatehouse.login"))) {
            RawReply reply = gateway.get("/auth/me", bearer(signed(claims)));
            assertUnauthorized(reply, "the access token was not given by this API");
            assertThat(reply.header("www-authenticate"))
                    .isEqualTo("Bearer error=\"invalid_token\", "
                            + "error_description=\"the access token was not given by this API\"");
        }
        assertUnauthorized(
                gateway.get("/t/shop/auth/me", bearer(signed(claims()))),
                "the access token is no token of this server");
    }

    private static Map<String, Object> with(String claim, Object value) {
        Map<String, Object> claims = claims();
        claims.put(claim, value);
        return claims;
    }

    @Test
    void anAccountThatIsGoneOrLockedTellsNothing() {
        gateway.node.on(Users.Find.class, find -> new Users.Found(null));
        assertUnauthorized(gateway.get("/auth/me", bearer(signed(claims()))), "the account is not active");
        gateway.node.on(Users.Find.class, find -> new Users.Found(ada(UserState.SUSPENDED)));
        assertUnauthorized(gateway.get("/auth/me", bearer(signed(claims()))), "the account is not active");
    }
}
