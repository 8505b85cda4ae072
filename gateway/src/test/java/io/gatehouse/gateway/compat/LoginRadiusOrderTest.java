package io.gatehouse.gateway.compat;

import static io.gatehouse.gateway.compat.LoginRadiusCaller.ADA;
import static io.gatehouse.gateway.compat.LoginRadiusCaller.APIKEY;
import static io.gatehouse.gateway.compat.LoginRadiusCaller.IDENTITY_LOGIN;
import static io.gatehouse.gateway.compat.LoginRadiusCaller.LOGIN_PATH;
import static io.gatehouse.gateway.compat.LoginRadiusCaller.TOKEN_PATH;
import static io.gatehouse.gateway.compat.LoginRadiusCaller.VALIDATE;
import static io.gatehouse.gateway.compat.LoginRadiusCaller.accessToken;
import static io.gatehouse.gateway.compat.LoginRadiusCaller.assertError;
import static io.gatehouse.gateway.compat.LoginRadiusCaller.assertSignature;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.JwtApps;
import io.gatehouse.common.message.Tenants;
import io.gatehouse.gateway.TestGateway;
import io.gatehouse.gateway.http.RawReply;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of the checks, and what nobody sends by accident: always an answer of this family, never a defect. */
class LoginRadiusOrderTest {
    private static final String UNKNOWN = "apikey=00000000-0000-4000-8000-000000000000";
    private static LoginRadiusCaller caller;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        caller = new LoginRadiusCaller();
        gateway = caller.gateway;
    }

    @AfterAll
    static void stop() {
        caller.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 400 | 922",
                "?apikey=&jwtapp=&access_token= | 400 | 922",
                "?apikey=x | 400 | 920",
                "?apikey=x&jwtapp=shop&access_token=x | 400 | 920",
                "?" + UNKNOWN + " | 403 | 901",
                "?" + UNKNOWN + "&jwtapp=nobody&access_token=x | 403 | 901",
                "?" + APIKEY + " | 400 | 1196",
                "?" + APIKEY + "&jwtapp=&access_token=x | 400 | 1196",
                "?" + APIKEY + "&jwtapp=nobody | 401 | 1180",
                "?" + APIKEY + "&jwtapp=nobody&access_token=x | 401 | 1180",
                "?" + APIKEY + "&jwtapp=shop | 400 | 1060",
                "?" + APIKEY + "&jwtapp=shop&access_token= | 400 | 1060",
                "?" + APIKEY + "&jwtapp=shop&access_token=x | 403 | 905"
            })
    void aTokenIsAskedForInThisOrder(String query, int status, int number) {
        assertError(caller.get("/sso/jwt/api/token" + query), status, number);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | x | 400 | 922",
                "?apikey=x&jwtapp=nobody | x | 400 | 920",
                "?" + UNKNOWN + "&jwtapp=nobody | x | 403 | 901",
                "?" + APIKEY + "&loginurl=x | x | 400 | 1196",
                "?" + APIKEY + "&jwtapp=nobody&loginurl=x | x | 401 | 1180",
                "?" + APIKEY + "&jwtapp=shop&loginurl=x | x | 400 | 908",
                "?" + APIKEY + "&jwtapp=shop | x | 400 | 965",
                "?" + APIKEY + "&jwtapp=shop | {} | 400 | 1141",
                "?" + APIKEY + "&jwtapp=shop | {\"username\":\"ada\"} | 400 | 1089"
            })
    void aLoginIsLookedAtInThisOrder(String query, String body, int status, int number) {
        assertError(gateway.postJson("/sso/jwt/api/login" + query, body), status, number);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /identity/v2/auth/access_token/validate | 400 | 922",
                "GET | /identity/v2/auth/access_token/Invalidate?apikey=x | 400 | 920",
                "GET | /identity/v2/auth/access_token/validate?" + UNKNOWN + " | 403 | 901",
                "GET | /identity/v2/auth/access_token/invalidate?" + APIKEY + " | 400 | 1060",
                "GET | /identity/v2/auth/access_token/validate?access_token=x&" + APIKEY + " | 403 | 905",
                "POST | /identity/v2/auth/login | 400 | 922",
                "POST | /identity/v2/auth/login?" + APIKEY + " | 400 | 965",
                "GET | /api/jwt/nobody/token | 400 | 922",
                "GET | /api/jwt/nobody/token?" + APIKEY + " | 401 | 1180",
                "GET | /api/jwt/shop/token?" + APIKEY + " | 400 | 1060",
                "POST | /api/jwt/nobody/login?" + APIKEY + " | 401 | 1180",
                "POST | /api/jwt/shop/login?" + APIKEY + " | 400 | 965"
            })
    void theOtherPathsKeepTheSameOrder(String method, String path, int status, int number) {
        assertError(gateway.exchange(method, path, null), status, number);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /sso/jwt/api/token, GET",
        "HEAD, /api/jwt/shop/token, GET",
        "DELETE, /identity/v2/auth/access_token/invalidate, GET",
        "OPTIONS, /identity/v2/auth/access_token/Validate, GET",
        "GET, /sso/jwt/api/login, POST",
        "PUT, /api/jwt/shop/login, POST",
        "GET, /identity/v2/auth/login, POST"
    })
    void anotherMethodIs405BeforeAnythingElse(String method, String path, String allow) {
        RawReply reply = gateway.exchange(method, path + "?apikey=x&apikey=y", "HEAD".equals(method) ? null : "");

        if (method.equals("HEAD")) {
            assertThat(reply.status()).isEqualTo(405);
        } else {
            assertError(reply, 405, 950);
        }
        assertThat(reply.header("allow")).isEqualTo(allow);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jwtapp=a%20b",
                "jwtapp=%00",
                "jwtapp=sh%C3%B6p",
                "jwtapp=shop%0a",
                "jwtapp=../shop",
                "jwtapp=SHOP",
                "jwtapp=<script>"
            })
    void noAppIsCalledSo(String query) {
        RawReply reply = caller.get("/sso/jwt/api/token?access_token=x&" + APIKEY + "&" + query);

        // A NUL is no text at all.
        assertError(reply, query.contains("%00") ? 400 : 401, query.contains("%00") ? 908 : 1180);
    }

    @Test
    void theStoreIsNotAskedForWhatNoAppIsCalled() {
        int before = gateway.node.asked(JwtApps.Find.class).size();
        for (String name : List.of("x".repeat(65), "a%2Fb", "%00", "a;b", "{app}")) {
            assertError(caller.get("/api/jwt/" + name + "/token?" + APIKEY), 401, 1180);
            assertError(gateway.postJson("/api/jwt/" + name + "/login?" + APIKEY, ADA), 401, 1180);
        }
        assertThat(gateway.node.asked(JwtApps.Find.class)).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "2f9c9c1e3f0e4b5a9a530d5f0c3d8a11",
                "2f9c9c1e-3f0e-4b5a-9a53-0d5f0c3d8a1g",
                "2f9c9c1e-3f0e-4b5a-9a53-0d5f0c3d8a11a",
                "{2f9c9c1e-3f0e-4b5a-9a53-0d5f0c3d8a11}",
                "2f9c9c1e-3f0e-4b5a-9a53-0d5f0c3d8a11%0a",
                "%E2%84%AA"
            })
    void whatIsNoUuidIsNotAskedFor(String apikey) {
        int before = gateway.node.asked(Tenants.FindByApikey.class).size();

        assertError(caller.get("/sso/jwt/api/token?apikey=" + apikey), 400, 920);
        assertThat(gateway.node.asked(Tenants.FindByApikey.class)).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apikey=%",
                "apikey=%4",
                "apikey=%zz",
                "apikey=%C3",
                "%=x",
                "apikey=%00",
                "access_token=%ff",
                "apikey=a&apikey=a",
                "apikey=a&ApiKey=b",
                "jwtapp=a&jwtapp=",
                "access_token=a&access_token=a",
                "nonce=a&nonce=b",
                "x=1&X=1"
            })
    void aQueryThatIsNoneIs908(String query) {
        assertError(caller.get("/sso/jwt/api/token?" + query), 400, 908);
        assertError(caller.get("/api/jwt/shop/token?" + query), 400, 908);
        assertError(caller.get("/identity/v2/auth/access_token/validate?" + query), 400, 908);
        assertError(gateway.postJson("/sso/jwt/api/login?" + query, ADA), 400, 908);
        assertError(gateway.postJson("/identity/v2/auth/login?" + query, ADA), 400, 908);
    }

    @Test
    void longAndManyValuesAreRefused() {
        String huge = "x".repeat(6000);

        assertError(caller.get("/sso/jwt/api/token?apikey=" + huge), 400, 920);
        assertError(caller.get("/sso/jwt/api/token?" + APIKEY + "&jwtapp=" + huge), 401, 1180);
        assertError(caller.get(TOKEN_PATH + "&access_token=" + huge), 403, 905);
        assertError(caller.get(VALIDATE, "Authorization: Bearer " + "x".repeat(10_240)), 403, 905);
        assertError(gateway.postJson(LOGIN_PATH + "&loginurl=" + huge, ADA), 400, 908);
        StringBuilder many = new StringBuilder(TOKEN_PATH);
        for (int i = 0; i < 65; i++) {
            many.append("&x").append(i).append('=');
        }
        assertError(caller.get(many.toString()), 400, 908);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "null",
                "1",
                "true",
                "\"x\"",
                "[]",
                "[{\"username\":\"ada\",\"password\":\"pw\"}]",
                "{",
                "{}}",
                "{} {}",
                "{\"username\":\"ada\",\"password\":\"pw\"",
                "{\"username\":\"ada\",\"password\":\"pw\"} x",
                "{\"username\":\"ada\",\"username\":\"eve\",\"password\":\"pw\"}",
                "{\"username\":\"ada\",\"\\u0075sername\":\"eve\",\"password\":\"pw\"}",
                "{\"username\":\"ada\",\"password\":\"pw\",\"x\":{\"y\":1,\"y\":2}}",
                "{'username':'ada'}",
                "{\"username\":ada}",
                "{\"username\":\"ada\",}",
                "{\"username\":\"a\nb\",\"password\":\"pw\"}",
                "{\"username\":NaN}",
                "{\"username\":01}",
                "username=ada&password=pw",
                "<x/>",
                "{\"username\":\"\u00c3\",\"password\":\"pw\"}",
                "\u00ff\u00fe{}"
            })
    void aBodyThatIsNoJsonObjectIs965(String body) {
        assertError(caller.login(body), 400, 965);
        assertError(gateway.postJson(IDENTITY_LOGIN, body), 400, 965);
        assertError(gateway.postJson("/api/jwt/shop/login?" + APIKEY, body), 400, 965);
    }

    @Test
    void depthAndSizeOfABodyAreBounded() {
        String start = "{\"username\":\"ada\",\"password\":\"pw\",\"x\":";

        assertSignature(caller.login(start + "[".repeat(7) + "]".repeat(7) + "}"));
        assertError(caller.login(start + "[".repeat(8) + "]".repeat(8) + "}"), 400, 965);
        String filler = "\"" + "x".repeat(16_384 - start.length() - 3) + "\"}";
        assertSignature(caller.login(start + filler));
        assertError(caller.login(start + " " + filler), 400, 965);
        assertError(caller.login(start + "1".repeat(10_000) + "}"), 400, 965);
        assertError(caller.login("x".repeat(65_537)), 413, 965);
    }

    @Test
    void headersThatAreNoneAre908() {
        assertError(caller.get(TOKEN_PATH, "x_y: z"), 400, 908);
    }

    @Test
    void theFamilyCanBeSwitchedOff() {
        try (LoginRadiusCaller off = new LoginRadiusCaller("tokens: {families: {loginradius: {enabled: false}}}\n")) {
            assertThat(off.get(TOKEN_PATH + "&access_token=" + accessToken()).status())
                    .isEqualTo(404);
            assertThat(off.login(ADA).status()).isEqualTo(404);
            assertThat(off.get("/api/jwt/shop/token?" + APIKEY).status()).isEqualTo(404);
            assertThat(off.gateway.postJson(IDENTITY_LOGIN, ADA).status()).isEqualTo(404);
            assertThat(off.get(VALIDATE).status()).isEqualTo(404);
        }
    }
}
