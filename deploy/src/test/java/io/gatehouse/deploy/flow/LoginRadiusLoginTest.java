package io.gatehouse.deploy.flow;

import static io.gatehouse.deploy.flow.LoginRadiusCaller.LOGIN;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.ada;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.assertError;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.json;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.jwt;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Document 001, a JWT for a password, row by row. What is wrong with a request is {@link LoginRadiusRequestsTest}. */
class LoginRadiusLoginTest {
    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo();

    private static final String PASSWORD = RunningNode.ADA_PASSWORD;

    private final Caller caller = NODE.caller();
    private final LoginRadiusCaller api = new LoginRadiusCaller(caller);

    @Test
    void theSignatureIsAWholeJwt() {
        long before = Instant.now().getEpochSecond();
        AppJwt jwt = demo(jwt(api.login(ada())));
        assertThat(jwt.header()).isEqualTo(new JsonObject().put("alg", "HS256").put("typ", "JWT"));
        JsonObject claims = jwt.claims();
        assertThat(claims.getString("iss")).isEqualTo(caller.base() + "/jwt/dev-dummy-app/");
        assertThat(claims.getString("sub")).matches("[0-9a-f]{32}").isEqualTo(uid());
        assertThat(claims.getString("jti")).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(claims.getLong("iat")).isBetween(before, Instant.now().getEpochSecond());
        assertThat(claims.getLong("nbf")).isEqualTo(claims.getLong("iat"));
        assertThat(claims.getLong("exp")).isEqualTo(claims.getLong("iat") + 600);
        assertThat(claims.fieldNames()).doesNotContain("aud", "nonce");
    }

    @ParameterizedTest
    @CsvSource({
        "email, ada@example.org",
        "email, ADA@example.org",
        "username, ada",
        "username, Ada",
        "phone, +15550101",
    })
    void everyIdentifierFindsTheUser(String name, String value) {
        assertThat(subject(api.login(json(name, value, "password", PASSWORD)))).isEqualTo(uid());
    }

    @Test
    void theAppMayStandInThePath() {
        Answer answer = api.post("/api/jwt/dev-dummy-app/login" + query("apikey", LoginRadiusCaller.APIKEY), ada());
        assertThat(subject(answer)).isEqualTo(uid());
    }

    /** The document's table of the username demands it, none of its samples sends it. */
    @Test
    void anAccessTokenInTheUrlIsIgnored() {
        for (String text : List.of("x", "", api.accessToken())) {
            String url = login("access_token", text);
            assertThat(subject(api.post(url, ada()))).isEqualTo(uid());
        }
    }

    @Test
    void emptyAndNullIdentifiersAreNone() {
        String body = "{\"email\":\"\",\"username\":null,\"phone\":\"+15550101\",\"password\":\"" + PASSWORD + "\"}";
        assertThat(subject(api.login(body))).isEqualTo(uid());
    }

    @Test
    void furtherMembersAreIgnored() {
        String body =
                json("email", "ada@example.org", "password", PASSWORD, "securityanswer", "x", "acceptPrivacy", true);
        assertThat(subject(api.login(body))).isEqualTo(uid());
    }

    @Test
    void contentTypesAreNotJudged() {
        for (String type :
                List.of("text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-8")) {
            Answer answer = caller.send("POST", login(), ada(), "Content-Type", type);
            assertThat(subject(answer)).as(type).isEqualTo(uid());
        }
        assertThat(subject(caller.send("POST", login(), ada()))).isEqualTo(uid());
    }

    @ParameterizedTest
    @CsvSource({"apiKey, jwtApp, emailTemplate", "APIKEY, JWTAPP, EMAILTEMPLATE", "ApiKey, jwtapp, emailtemplate"})
    void namesOfParametersHaveNoCase(String apikey, String app, String template) {
        String url = LOGIN
                + query(apikey, LoginRadiusCaller.APIKEY, app, LoginRadiusCaller.APP, template, "welcome")
                + "&verificationUrl=https://shop.example/verify&LoginUrl=https://shop.example/";
        assertThat(subject(api.post(url, ada()))).isEqualTo(uid());
    }

    @Test
    void whatOnlyMailsNeedIsCheckedAndNeverFollowed() {
        Answer answer = api.post(
                login(
                        "verificationurl",
                        "https://shop.example/verify?a=b",
                        "loginurl",
                        "http://127.0.0.1:9999/login",
                        "emailtemplate",
                        "welcome-1"),
                ada());
        jwt(answer);
        assertThat(answer.header("Location")).isNull();
        assertThat(answer.body()).doesNotContain("shop.example", "9999", "welcome");
        assertThat(subject(api.post(login("verificationurl", "", "loginurl", "", "emailtemplate", ""), ada())))
                .isEqualTo(uid());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JavaScript:alert(1)",
                "data:text/html,x",
                "//shop.example/",
                "/verify",
                "shop.example",
                "https://",
                "https://user:secret@shop.example/",
                "https://shop.example/#x",
                "https://shop.example/a b",
                "https://shop.example/\r\nX: y",
                "ftp://shop.example/"
            })
    void urlsThatAreNoPagesAreRefused(String url) {
        for (String name : List.of("verificationurl", "loginurl")) {
            Answer answer = api.post(login(name, url), ada());
            assertError(answer, 400, 908);
            assertThat(answer.body()).doesNotContain("shop.example", "alert");
        }
    }

    @Test
    void longUrlsAndOddTemplatesAreRefused() {
        assertError(api.post(login("loginurl", "https://shop.example/" + "x".repeat(2048)), ada()), 400, 908);
        assertError(api.post(login("emailtemplate", "x".repeat(101)), ada()), 400, 908);
        assertError(api.post(login("emailtemplate", "<script>"), ada()), 400, 908);
    }

    @Test
    void aWrongPasswordAndAnUnknownUserAreTheSameAnswer() {
        Answer wrong = api.login(json("email", "ada@example.org", "password", "wrong"));
        assertError(wrong, 401, 966);
        for (String body : List.of(
                json("email", "nobody@example.org", "password", "wrong"),
                json("username", "nobody", "password", PASSWORD),
                json("phone", "+19990000", "password", "x"))) {
            Answer unknown = api.login(body);
            assertError(unknown, 401, 966);
            assertThat(unknown.body()).isEqualTo(wrong.body());
        }
    }

    @Test
    void anIdentifierOfAnotherKindFindsNobody() {
        assertError(api.login(json("username", "ada@example.org", "password", PASSWORD)), 401, 966);
        assertError(api.login(json("username", "+15550101", "password", PASSWORD)), 401, 966);
    }

    @Test
    void aPhoneThatIsNoNumberIsToldWithoutCountingAsAFailure() {
        for (String phone : List.of("ada", "15550101", "+1 555 0101", "004915112345678")) {
            assertError(api.login(json("phone", phone, "password", PASSWORD)), 400, 908);
        }
    }

    @Test
    void everyLoginHasAnIdOfItsOwn() {
        assertThat(demo(jwt(api.login(ada()))).claims().getString("jti"))
                .isNotEqualTo(demo(jwt(api.login(ada()))).claims().getString("jti"));
    }

    private static AppJwt demo(String compact) {
        return AppJwt.bySecret(compact, LoginRadiusCaller.APP_SECRET);
    }

    private static String subject(Answer answer) {
        return demo(jwt(answer)).claims().getString("sub");
    }

    /** Of ada, as another family names her. */
    private String uid() {
        return BabelBirdCaller.claims(caller.logIn().text("access_token"))
                .getString("sub")
                .replace("-", "");
    }

    private static String login(String... more) {
        return LOGIN
                + query("apikey", LoginRadiusCaller.APIKEY, "jwtapp", LoginRadiusCaller.APP)
                + (more.length == 0 ? "" : "&" + Caller.form(more));
    }
}
