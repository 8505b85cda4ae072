package io.gatehouse.gateway.compat;

import static io.gatehouse.gateway.compat.LoginRadiusCaller.ADA;
import static io.gatehouse.gateway.compat.LoginRadiusCaller.APIKEY;
import static io.gatehouse.gateway.compat.LoginRadiusCaller.IDENTITY_LOGIN;
import static io.gatehouse.gateway.compat.LoginRadiusCaller.LOGIN_PATH;
import static io.gatehouse.gateway.compat.LoginRadiusCaller.assertError;
import static io.gatehouse.gateway.compat.LoginRadiusCaller.assertSignature;
import static io.gatehouse.gateway.compat.LoginRadiusCaller.assertSuccess;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Grants;
import io.gatehouse.common.message.Issuer;
import io.gatehouse.common.message.JwtAppTokens;
import io.gatehouse.common.message.JwtAppTokens.Proof;
import io.gatehouse.common.message.Tenants;
import io.gatehouse.common.message.Users;
import io.gatehouse.common.message.Users.Authentication.Authenticated;
import io.gatehouse.common.message.Users.Authentication.Rejected;
import io.gatehouse.common.message.Users.Rejection;
import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.TokenFamily;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins by password, for a JWT and for tokens (seed-apis.md, 2.3 and 2.6). */
class LoginRadiusLoginTest {
    private final LoginRadiusCaller caller = new LoginRadiusCaller();
    private final TestGateway gateway = caller.gateway;

    @AfterEach
    void stop() {
        caller.close();
    }

    private Users.Authenticate asked() {
        return gateway.node.askedOnce(Users.Authenticate.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {LOGIN_PATH, "/api/jwt/shop/login?" + APIKEY, "/api/jwt/shop/login?jwtapp=x&" + APIKEY})
    void aLoginGivesAJwtAndOpensNoGrant(String path) {
        assertSignature(gateway.postJson(path, ADA));
        assertThat(asked())
                .isEqualTo(new Users.Authenticate(
                        "main",
                        new LoginName(LoginName.Kind.USERNAME, "ada"),
                        asked().password(),
                        "gatehouse.loginradius",
                        TokenFamily.LOGINRADIUS,
                        Scope.EMPTY,
                        "127.0.0.1"));
        assertThat(asked().password().reveal()).isEqualTo("pw");
        assertThat(gateway.node.askedOnce(JwtAppTokens.Issue.class))
                .isEqualTo(new JwtAppTokens.Issue(
                        "main",
                        Samples.app("main", "shop", 1),
                        new Proof.ByTicket(Samples.ticket("main", TokenFamily.LOGINRADIUS, "gatehouse.loginradius")),
                        Samples.profile(LoginRadiusCaller.ada("ada")),
                        null));
        assertThat(gateway.node.asked(Grants.Open.class)).isEmpty();
        assertThat(gateway.node.asked(Issuer.Issue.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"email\":\"ada@example.org\",\"password\":\"pw\"} | EMAIL | ada@example.org",
                "{\"phone\":\" +15550100 \",\"password\":\"pw\"} | PHONE | +15550100",
                "{\"username\":\"ada@example.org\",\"password\":\"pw\"} | USERNAME | ada@example.org",
                "{\"email\":\"\",\"phone\":null,\"username\":\"ada\",\"password\":\"pw\"} | USERNAME | ada",
                "{\"phone\":\"  \",\"username\":\"ada\",\"password\":\"pw\"} | USERNAME | ada",
                "{\"username\":\"\\u0061da\",\"password\":\"pw\",\"x\":{\"password\":[1,{}]},\"y\":1e9} | USERNAME | ada"
            })
    void aUserHasOneOfThreeNames(String body, LoginName.Kind kind, String value) {
        assertSignature(caller.login(body));
        assertThat(asked().loginName()).isEqualTo(new LoginName(kind, value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "application/x-www-form-urlencoded", "x"})
    void theBodyIsJsonWhateverItIsCalled(String type) {
        assertSignature(gateway.exchange("POST", LOGIN_PATH, ADA, "Content-Type: " + type));
        assertSignature(gateway.exchange("POST", LOGIN_PATH, ADA));
    }

    @Test
    void aTokenInTheQueryOfALoginIsIgnored() {
        assertSignature(gateway.postJson(LOGIN_PATH + "&access_token=x", ADA, "Authorization: Bearer y"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"password\":\"pw\"} | 1141",
                "{\"email\":\"\",\"phone\":null,\"password\":\"pw\"} | 1141",
                "{\"phone\":\"15550100\",\"password\":\"pw\"} | 908",
                "{\"phone\":\"+1 555 0100\",\"password\":\"pw\"} | 908",
                "{\"phone\":\"004915112345678\",\"password\":\"pw\"} | 908",
                "{} | 1141",
                "{\"email\":\"a@b\",\"username\":\"ada\",\"password\":\"pw\"} | 908",
                "{\"email\":\"a@b\",\"phone\":\"+1\",\"username\":\"ada\"} | 908",
                "{\"username\":1,\"password\":\"pw\"} | 908",
                "{\"username\":[\"ada\"],\"password\":\"pw\"} | 908",
                "{\"username\":\"ada\",\"password\":{}} | 908",
                "{\"username\":\"ada\",\"password\":true} | 908",
                "{\"username\":\"a\\u0000\",\"password\":\"pw\"} | 908",
                "{\"username\":\"a\\ud800\",\"password\":\"pw\"} | 908",
                "{\"username\":\"ada\",\"password\":\"\\udc00\"} | 908",
                "{\"username\":\"ada\"} | 1089",
                "{\"username\":\"ada\",\"password\":\"\"} | 1089",
                "{\"username\":\"ada\",\"password\":null} | 1089",
                "{\"Username\":\"ada\",\"password\":\"pw\"} | 1141",
                "{\"email\":\"ada\",\"password\":\"pw\"} | 1038",
                "{\"email\":\"ada\"} | 1038",
                "{\"email\":\"@b\",\"password\":\"pw\"} | 1038",
                "{\"email\":\"a@\",\"password\":\"pw\"} | 1038",
                "{\"email\":\"a@b@c\",\"password\":\"pw\"} | 1038"
            })
    void whatTheBodyLacksHasItsNumber(String body, int number) {
        assertError(caller.login(body), 400, number);
        assertError(gateway.postJson(IDENTITY_LOGIN, body), 400, number);
        assertThat(gateway.node.asked(Users.Authenticate.class)).isEmpty();
    }

    @Test
    void lengthsAreBoundedBeforeAnythingIsHashed() {
        String name = "u".repeat(255);
        String password = "p".repeat(1024);

        assertSignature(caller.login("{\"username\":\"" + name + "\",\"password\":\"" + password + "\"}"));
        assertError(caller.login("{\"username\":\"" + name + "u\",\"password\":\"pw\"}"), 400, 908);
        assertError(caller.login("{\"username\":\"ada\",\"password\":\"" + password + "p\"}"), 400, 908);
        assertThat(gateway.node.asked(Users.Authenticate.class)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "BAD_CREDENTIALS, 401, 966",
        "EMAIL_NOT_VERIFIED, 403, 970",
        "PHONE_NOT_VERIFIED, 403, 1066",
        "BLOCKED, 403, 991",
        "SUSPENDED, 403, 991",
        "DEACTIVATED, 403, 1130",
        "PENDING, 403, 1220",
        "CLIENT_NOT_ALLOWED, 403, 1220",
        "SECOND_FACTOR_NEEDED, 403, 1176"
    })
    void aRejectionHasItsNumber(Rejection reason, int status, int number) {
        gateway.node.on(Users.Authenticate.class, request -> new Rejected(reason));

        assertError(caller.login(ADA), status, number);
        assertError(gateway.postJson(IDENTITY_LOGIN, ADA), status, number);
        assertThat(gateway.node.asked(JwtAppTokens.Issue.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {LOGIN_PATH, "/api/jwt/shop/login?" + APIKEY, IDENTITY_LOGIN})
    void tooManyAttemptsLockTheLogin(String path) {
        gateway.node.failing(Users.Authenticate.class, new OAuthError.Throttled(Duration.ofSeconds(42)));
        RawReply reply = gateway.postJson(path, ADA);

        assertError(reply, 403, 1198);
        assertThat(reply.header("retry-after")).isEqualTo("42");
    }

    @Test
    void aStoreThatVouchesForNoProfileYetIsNotReady() {
        gateway.node.on(
                Users.Authenticate.class,
                request -> new Authenticated(Samples.ticket("main", request.family(), request.clientId())));

        assertError(caller.login(ADA), 503, 950);
        assertError(gateway.postJson(IDENTITY_LOGIN, ADA), 503, 950);
        assertThat(gateway.node.asked(Grants.Open.class)).isEmpty();
    }

    @Test
    void anIdentityLoginGivesTokensAndTheProfile() {
        RawReply reply = gateway.postJson(IDENTITY_LOGIN, ADA);

        assertSuccess(reply);
        JsonObject body = reply.json();
        assertThat(body.fieldNames()).containsExactly("Profile", "access_token", "refresh_token", "expires_in");
        assertThat(body.getString("access_token")).isEqualTo("access-token");
        assertThat(body.getString("refresh_token")).hasSize(86);
        assertThat(body.getString("expires_in")).isEqualTo("2026-05-04T03:12:01Z");
        assertThat(body.getJsonObject("Profile").encode())
                .isEqualTo("{\"Uid\":\"5f8a1c9e4b3d4c1a9e2f1a2b3c4d5e6f\",\"ID\":\"5f8a1c9e4b3d4c1a9e2f1a2b3c4d5e6f\","
                        + "\"UserName\":\"ada\",\"FullName\":\"Ada Lovelace\","
                        + "\"Email\":[{\"Type\":\"Primary\",\"Value\":\"ada@example.org\"}],\"EmailVerified\":true,"
                        + "\"PhoneId\":\"+15550100\",\"PhoneIdVerified\":false,\"Roles\":[\"editor\"],"
                        + "\"CreatedDate\":\"2026-05-04T03:02:01Z\",\"LastLoginDate\":null,\"IsActive\":true}");
        assertThat(gateway.node.askedOnce(Grants.Open.class)).isNotNull();
        assertThat(asked().clientId()).isEqualTo("gatehouse.loginradius");
    }

    @Test
    void whatAUserHasNotIsNull() {
        caller.userIs(new UserProfile(
                "main",
                Tokens.SUBJECT,
                "ada",
                null,
                null,
                false,
                null,
                false,
                null,
                List.of(),
                UserState.ACTIVE,
                TestClock.START,
                TestClock.START,
                Map.of()));
        JsonObject profile = gateway.postJson(IDENTITY_LOGIN, ADA).json().getJsonObject("Profile");

        assertThat(profile.fieldNames()).contains("FullName", "Email", "PhoneId");
        assertThat(profile.getValue("FullName")).isNull();
        assertThat(profile.getValue("Email")).isNull();
        assertThat(profile.getValue("PhoneId")).isNull();
        assertThat(profile.getString("LastLoginDate")).isEqualTo("2026-05-04T03:02:01Z");
    }

    /** One client library looks for these words in the text of a success. The last one ends an escape with its letter. */
    @ParameterizedTest
    @ValueSource(
            strings = {"Description", "description", "xDescriptiondescription", "\\description", "\u001description"})
    void noSuccessHoldsTheWordOfErrors(String username) {
        caller.userIs(LoginRadiusCaller.ada(username));
        RawReply reply = gateway.postJson(IDENTITY_LOGIN, ADA);

        assertSuccess(reply);
        assertThat(reply.body()).doesNotContainIgnoringCase("description");
        assertThat(reply.json().getJsonObject("Profile").getString("UserName")).isEqualTo(username);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "verificationurl=https://shop.example.org/verify?a=b",
                "verificationUrl=http://x&loginurl=https%3A%2F%2Fx.example%2Fa&emailTemplate=Welcome+2.1_b-c",
                "verificationurl=&loginurl=&emailtemplate="
            })
    void pagesAndTemplatesOfAMailMayBeNamed(String query) {
        assertSignature(gateway.postJson(LOGIN_PATH + "&" + query, ADA));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "verificationurl=x",
                "verificationurl=/verify",
                "verificationurl=//shop.example.org/",
                "verificationurl=javascript:alert(1)",
                "loginurl=ftp://x/",
                "loginurl=https:///x",
                "loginurl=https:x",
                "loginurl=https://user@x/",
                "loginurl=https://x/%23f",
                "loginurl=https://x/%0a",
                "loginurl=https://x/%C2%85",
                "loginurl=https://x/a+b",
                "emailtemplate=a/b",
                "emailtemplate=%0d%0a",
                "emailtemplate=%C3%A4"
            })
    void badOnesAre908(String query) {
        assertError(gateway.postJson(LOGIN_PATH + "&" + query, ADA), 400, 908);
        assertError(gateway.postJson(IDENTITY_LOGIN + "&" + query, ADA), 400, 908);
        assertThat(gateway.node.asked(Users.Authenticate.class)).isEmpty();
    }

    @Test
    void theirLengthIsBounded() {
        String url = "&loginurl=https://x/" + "x".repeat(2048 - "https://x/".length());

        assertSignature(gateway.postJson(LOGIN_PATH + url + "&emailtemplate=" + "t".repeat(100), ADA));
        assertError(gateway.postJson(LOGIN_PATH + url + "x", ADA), 400, 908);
        assertError(gateway.postJson(LOGIN_PATH + "&emailtemplate=" + "t".repeat(101), ADA), 400, 908);
    }

    @Test
    void aTenantMayNarrowThemDown() {
        Tenant narrow = new Tenant(
                "main", TestGateway.APIKEY, null, 1, List.of("https://shop.example.org/verify"), List.of("welcome"));
        gateway.node.on(Tenants.FindByApikey.class, find -> new Tenants.Found(narrow));

        assertSignature(gateway.postJson(
                LOGIN_PATH + "&verificationurl=https://shop.example.org/verify&emailtemplate=welcome", ADA));
        assertSignature(caller.login(ADA));
        for (String query : List.of(
                "verificationurl=https://shop.example.org/verify/",
                "loginurl=https://SHOP.example.org/verify",
                "emailtemplate=Welcome")) {
            assertError(gateway.postJson(LOGIN_PATH + "&" + query, ADA), 400, 908);
        }
    }
}
