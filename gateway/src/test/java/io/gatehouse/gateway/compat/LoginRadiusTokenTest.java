package io.gatehouse.gateway.compat;

import static io.gatehouse.gateway.compat.LoginRadiusCaller.APIKEY;
import static io.gatehouse.gateway.compat.LoginRadiusCaller.INVALIDATE;
import static io.gatehouse.gateway.compat.LoginRadiusCaller.TOKEN_PATH;
import static io.gatehouse.gateway.compat.LoginRadiusCaller.VALIDATE;
import static io.gatehouse.gateway.compat.LoginRadiusCaller.accessToken;
import static io.gatehouse.gateway.compat.LoginRadiusCaller.assertError;
import static io.gatehouse.gateway.compat.LoginRadiusCaller.assertSignature;
import static io.gatehouse.gateway.compat.LoginRadiusCaller.assertSuccess;
import static io.gatehouse.gateway.compat.LoginRadiusCaller.bearer;
import static io.gatehouse.gateway.compat.LoginRadiusCaller.claims;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.JwtAppTokens;
import io.gatehouse.common.message.JwtAppTokens.Proof;
import io.gatehouse.common.message.JwtApps;
import io.gatehouse.common.message.Revocations;
import io.gatehouse.common.message.Users;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.gateway.TestGateway;
import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.Samples;
import io.gatehouse.gateway.oauth.TestClock;
import io.gatehouse.gateway.oauth.Tokens;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an access token opens: a JWT for an app, and news about itself (seed-apis.md, 2.2 and 2.6). */
class LoginRadiusTokenTest {
    private final LoginRadiusCaller caller = new LoginRadiusCaller();
    private final TestGateway gateway = caller.gateway;

    @AfterEach
    void stop() {
        caller.close();
    }

    private JwtAppTokens.Issue issued() {
        return gateway.node.askedOnce(JwtAppTokens.Issue.class);
    }

    @Test
    void anAccessTokenGivesAJwtForTheApp() {
        String token = accessToken();

        assertSignature(caller.get(TOKEN_PATH + "&access_token=" + token));
        assertThat(gateway.node.askedOnce(Users.Vouch.class)).isEqualTo(new Users.Vouch("main", Tokens.SUBJECT));
        assertThat(issued())
                .isEqualTo(new JwtAppTokens.Issue(
                        "main",
                        Samples.app("main", "shop", 1),
                        new Proof.ByAccessToken(Secret.of(token)),
                        Samples.profile(LoginRadiusCaller.ada("ada")),
                        null));
    }

    @Test
    void theNewerPathNamesTheAppAndMayHaveANonce() {
        String query = "?nonce=n-0S6_WzA2Mj&" + APIKEY + "&access_token=" + accessToken();

        assertSignature(caller.get("/api/jwt/shop/token" + query));
        assertThat(issued().nonce()).isEqualTo("n-0S6_WzA2Mj");
        assertError(caller.get("/api/jwt/other/token" + query), 401, 1180);
    }

    @Test
    void theOlderPathHasNoNonce() {
        assertSignature(caller.get(TOKEN_PATH + "&nonce=n&access_token=" + accessToken()));
        assertThat(issued().nonce()).isNull();
    }

    @Test
    void aNonceIsBounded() {
        String path = "/api/jwt/shop/token?" + APIKEY + "&access_token=" + accessToken() + "&nonce=";

        assertSignature(caller.get(path + "n".repeat(255)));
        assertError(caller.get(path + "n".repeat(256)), 400, 908);
        assertError(caller.get(path + "n%0a"), 400, 908);
    }

    @Test
    void aTokenMayComeInTheQueryAsBearerOrAsBothIfTheyAreOne() {
        String token = accessToken();
        String other = Tokens.signed(claims("jti", "jti-2"));

        assertSignature(caller.get(TOKEN_PATH, bearer(token)));
        assertSignature(caller.get(TOKEN_PATH + "&access_token=", bearer(token)));
        assertSignature(caller.get(TOKEN_PATH + "&access_token=" + token, bearer(token)));
        assertError(caller.get(TOKEN_PATH + "&access_token=" + token, bearer(other)), 403, 905);
        assertError(caller.get(TOKEN_PATH, bearer(token), bearer(token)), 400, 908);
        assertError(caller.get(TOKEN_PATH, "Authorization: Basic eDp5"), 400, 1060);
    }

    @Test
    void namesOfParametersHaveNoCase() {
        assertSignature(caller.get(
                "/sso/jwt/api/token?ApiKey=" + TestGateway.APIKEY + "&JWTApp=shop&Access_Token=" + accessToken()));
        assertError(caller.get(TOKEN_PATH + "&APIKEY=" + TestGateway.APIKEY), 400, 908);
        assertError(caller.get(TOKEN_PATH + "&jwtApp=shop"), 400, 908);
    }

    /** Clients of this vendor send one with GET too. */
    @Test
    void aContentTypeWithoutABodyIsNotJudged() {
        String path = TOKEN_PATH + "&access_token=" + accessToken();

        assertSignature(caller.get(path, "Content-Type: application/json", "charset: utf-8"));
        assertSignature(caller.get(path, "Content-Type: application/x-www-form-urlencoded"));
    }

    @Test
    void anOAuthTokenOfAUserCountsToo() {
        Map<String, Object> claims = claims("family", "oauth");
        claims.put("client_id", "web");

        assertSignature(caller.get(TOKEN_PATH, bearer(Tokens.signed(claims))));
    }

    @Test
    void anyOtherTokenIs905() {
        Map<String, Object> ofClient = claims("family", "oauth");
        ofClient.put("sub", "gatehouse.loginradius");
        for (String token : List.of(
                "x",
                "a.b.c",
                Tokens.signed(claims("family", "login")),
                Tokens.signed(claims("family", "babelbird")),
                Tokens.signed(claims("iss", "https://other.example.org")),
                Tokens.signed(claims("aud", "https://api.example.org")),
                Tokens.signed(claims("aud", List.of("web", "https://api.example.org"))),
                Tokens.signed(ofClient),
                accessToken().replaceFirst("....$", "AAAA"))) {
            assertError(caller.get(TOKEN_PATH + "&access_token=" + token), 403, 905);
        }
        assertThat(gateway.node.asked(JwtAppTokens.Issue.class)).isEmpty();
    }

    @Test
    void aTokenOfAnotherTenantIs905() {
        assertError(
                caller.get("/sso/jwt/api/token?jwtapp=shop&apikey=" + TestGateway.SHOP_APIKEY, bearer(accessToken())),
                403,
                905);
    }

    @Test
    void onlyOneOfOursThatHasExpiredIs906() {
        String ours = accessToken();
        String ofAnotherFamily = Tokens.signed(claims("family", "login"));
        gateway.node.clock.pass(Duration.ofSeconds(600));

        assertError(caller.get(TOKEN_PATH, bearer(ours)), 403, 906);
        assertError(caller.get(VALIDATE, bearer(ours)), 403, 906);
        assertError(caller.get(INVALIDATE, bearer(ours)), 403, 906);
        assertError(caller.get(TOKEN_PATH, bearer(ofAnotherFamily)), 403, 905);
        assertError(caller.get(TOKEN_PATH, bearer(ours.replaceFirst("....$", "AAAA"))), 403, 905);
    }

    @Test
    void aUserWhoMayNotLogInGetsNothing() {
        gateway.node.on(Users.Vouch.class, vouch -> new Users.Vouched(null));

        assertError(caller.get(TOKEN_PATH, bearer(accessToken())), 403, 905);
        assertThat(gateway.node.asked(JwtAppTokens.Issue.class)).isEmpty();
    }

    @Test
    void whatTheTokenRoleRefusesIs905() {
        gateway.node.failing(JwtAppTokens.Issue.class, new OAuthError.Protocol(Code.INVALID_TOKEN, "stale"));

        assertError(caller.get(TOKEN_PATH, bearer(accessToken())), 403, 905);
    }

    @Test
    void aPartThatIsAwayIs503AndADefectIs500() {
        gateway.node.failing(JwtAppTokens.Issue.class, new OAuthError.Unavailable("token"));
        RawReply reply = caller.get(TOKEN_PATH, bearer(accessToken()));
        assertError(reply, 503, 950);
        assertThat(reply.header("retry-after")).isEqualTo("1");

        gateway.node.failing(JwtAppTokens.Issue.class, new OAuthError.Defect("ab12"));
        assertError(caller.get(TOKEN_PATH, bearer(accessToken())), 500, 950);

        gateway.node.failing(JwtAppTokens.Issue.class, new OAuthError.Throttled(Duration.ofSeconds(7)));
        RawReply throttled = caller.get(TOKEN_PATH, bearer(accessToken()));
        assertError(throttled, 429, 950);
        assertThat(throttled.header("retry-after")).isEqualTo("7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sso/jwt/api/token?jwtapp=shop&", "/api/jwt/shop/token?"})
    void theApikeyNamesTheTenant(String path) {
        Map<String, Object> claims = claims("iss", "https://login.example.org/t/shop");
        claims.put("aud", "https://login.example.org/t/shop");
        String token = Tokens.signed(claims);

        assertSignature(caller.get(path + "apikey=" + TestGateway.SHOP_APIKEY, bearer(token)));
        assertSignature(caller.get("/t/shop" + path + "apikey=" + TestGateway.SHOP_APIKEY, bearer(token)));
        assertThat(gateway.node.asked(JwtAppTokens.Issue.class))
                .extracting(JwtAppTokens.Issue::tenant)
                .containsExactly("shop", "shop");
        assertThat(gateway.node.askedOnce(JwtApps.Find.class).tenant()).isEqualTo("shop");
        assertError(caller.get("/t/shop" + path + APIKEY, bearer(token)), 403, 901);
        assertError(caller.get("/t/nobody" + path + APIKEY, bearer(token)), 404, 950);
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate", "Validate"})
    void aTokenIsValidated(String spelling) {
        String token = accessToken();
        RawReply reply = caller.get("/identity/v2/auth/access_token/" + spelling + "?" + APIKEY, bearer(token));

        assertSuccess(reply);
        assertThat(reply.json().getMap())
                .isEqualTo(new JsonObject()
                        .put("access_token", token)
                        .putNull("refresh_token")
                        .put("expires_in", "2026-05-04T03:12:01Z")
                        .getMap());
        assertSuccess(caller.get(VALIDATE + "&access_token=" + token));
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalidate", "Invalidate", "InValidate"})
    void aTokenIsInvalidated(String spelling) {
        gateway.node.on(Revocations.DenyToken.class, deny -> new Revocations.Denied(List.of(denied(deny))));
        String token = accessToken();
        RawReply reply = caller.get("/identity/v2/auth/access_token/" + spelling + "?" + APIKEY, bearer(token));

        assertSuccess(reply);
        assertThat(reply.body()).isEqualTo("{\"IsPosted\":true}");
        assertThat(gateway.node.askedOnce(Revocations.DenyToken.class))
                .isEqualTo(new Revocations.DenyToken(
                        "main", "gatehouse.loginradius", "jti-1", TestClock.START.plusSeconds(600), "gid-1"));
        assertError(caller.get(VALIDATE, bearer(token)), 403, 905);
        assertError(caller.get(TOKEN_PATH, bearer(token)), 403, 905);
    }

    private static SequencedDenial denied(Revocations.DenyToken deny) {
        return new SequencedDenial(
                1, new Denial(deny.tenant(), Denial.Kind.TOKEN, deny.jti(), 0, "test", deny.expiresAt()));
    }

    @Test
    void whoWantsNoRefreshEndsEverything() {
        assertSuccess(caller.get(INVALIDATE + "&preventRefresh=True", bearer(accessToken())));
        assertThat(gateway.node.askedOnce(Users.LogOut.class)).isEqualTo(new Users.LogOut("main", Tokens.SUBJECT));
        assertThat(gateway.node.asked(Revocations.DenyToken.class)).isEmpty();
    }

    /** A link that somebody follows brings no header. */
    @Test
    void whoWantsNoRefreshSendsTheTokenAsBearer() {
        String token = accessToken();
        String path = INVALIDATE + "&preventRefresh=true&access_token=" + token;

        assertError(caller.get(path), 400, 1060);
        assertThat(gateway.node.asked(Users.LogOut.class)).isEmpty();
        assertSuccess(caller.get(path, bearer(token)));
        assertThat(gateway.node.asked(Users.LogOut.class)).hasSize(1);
    }

    @Test
    void anApikeyHasNoCase() {
        String upper = "apikey=" + TestGateway.APIKEY.toUpperCase(Locale.ROOT);

        assertSignature(caller.get("/sso/jwt/api/token?jwtapp=shop&" + upper + "&access_token=" + accessToken()));
    }

    @Test
    void otherwiseOnlyTheTokenEnds() {
        assertSuccess(caller.get(INVALIDATE + "&preventRefresh=false", bearer(accessToken())));
        assertError(caller.get(INVALIDATE + "&preventRefresh=maybe", bearer(accessToken())), 400, 908);
        assertThat(gateway.node.asked(Users.LogOut.class)).isEmpty();
        assertThat(gateway.node.asked(Revocations.DenyToken.class)).hasSize(1);
    }

    @Test
    void anInvalidationThatWasNotWrittenIsNone() {
        gateway.node.failing(Revocations.DenyToken.class, new OAuthError.Unavailable("store"));

        assertError(caller.get(INVALIDATE, bearer(accessToken())), 503, 950);
    }
}
