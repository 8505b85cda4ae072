package io.gatehouse.deploy.flow;

import static io.gatehouse.deploy.flow.LoginRadiusCaller.APIKEY;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.APP;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.assertError;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.jwt;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples of document 001 with their blanks filled in, and the habits of the vendor's SDKs, byte by byte. */
class LoginRadiusSamplesTest {
    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo();

    /** The tools of the samples, with the headers that each adds by itself. */
    enum Tool {
        WGET("User-Agent: Wget/1.21.3", "Accept: */*", "Accept-Encoding: identity"),
        REQUESTS("User-Agent: python-requests/2.31.0", "Accept-Encoding: gzip, deflate", "Accept: */*"),
        RUBY("Accept-Encoding: gzip;q=1.0,deflate;q=0.6,identity;q=0.3", "Accept: */*", "User-Agent: Ruby"),
        JQUERY("Accept: */*", "Origin: https://shop.example", "Referer: https://shop.example/", "Accept-Language: en");

        private final List<String> headers;

        Tool(String... headers) {
            this.headers = List.of(headers);
        }

        String[] with(String... more) {
            return Stream.concat(headers.stream(), Stream.of(more)).toArray(String[]::new);
        }
    }

    private static final String FORM = "content-Type: application/x-www-form-urlencoded";
    private static final String JSON = "content-Type: application/json";
    private static final String TOKEN = "/sso/jwt/api/token?apikey=%s&jwtapp=%s&access_token=%s";
    private static final String LOGIN =
            "/sso/jwt/api/login?apikey=%s&jwtapp=%s&verificationurl=%s&loginurl=%s&emailtemplate=%s";

    private final LoginRadiusCaller api = new LoginRadiusCaller(NODE.caller());
    private final BareCaller bare = new BareCaller(NODE.caller().base());

    @ParameterizedTest
    @EnumSource(Tool.class)
    void aTokenByEveryTool(Tool tool) {
        assertDemo(bare.get(TOKEN.formatted(APIKEY, APP, api.accessToken()), tool.with(FORM)));
    }

    /** As they stand, their values empty. */
    @ParameterizedTest
    @EnumSource(Tool.class)
    void aTokenByEveryToolWithNothingFilledIn(Tool tool) {
        assertError(bare.get(TOKEN.formatted("", "", ""), tool.with(FORM)), 400, 922);
    }

    /** The document's Python forgets the access token, which its own table requires. */
    @Test
    void theTokenSampleInPythonLacksTheToken() {
        String target = "/sso/jwt/api/token?apikey=" + APIKEY + "&jwtapp=" + APP;
        assertError(bare.get(target, Tool.REQUESTS.with(FORM)), 400, 1060);
    }

    static Stream<Arguments> logins() {
        return Stream.of(Tool.values())
                .flatMap(tool -> Stream.of(
                        Arguments.of(tool, "email", "ada@example.org"),
                        Arguments.of(tool, "username", "ada"),
                        Arguments.of(tool, "phone", "+15550101")));
    }

    @ParameterizedTest
    @MethodSource("logins")
    void aLoginByEveryTool(Tool tool, String name, String value) {
        String body = body(name, value, RunningNode.ADA_PASSWORD);
        assertDemo(bare.post(LOGIN.formatted(APIKEY, APP, "", "", ""), body, tool.with(JSON)));
        assertDemo(bare.post(
                LOGIN.formatted(APIKEY, APP, "https://shop.example/verify", "https://shop.example/login", "welcome"),
                body,
                tool.with(JSON)));
    }

    @ParameterizedTest
    @EnumSource(Tool.class)
    void aLoginByEveryToolWithNothingFilledIn(Tool tool) {
        String body = body("email", "", "");
        assertError(bare.post(LOGIN.formatted("", "", "", "", ""), body, tool.with(JSON)), 400, 922);
        assertError(bare.post(LOGIN.formatted(APIKEY, APP, "", "", ""), body, tool.with(JSON)), 400, 1141);
    }

    /** The table of the username demands an access token in the URL and has no other parameters. */
    @Test
    void theUsernameTableAsItStands() {
        String target = "/sso/jwt/api/login?apikey=" + APIKEY + "&access_token=any&jwtapp=" + APP;
        assertDemo(bare.post(target, body("username", "ada", RunningNode.ADA_PASSWORD), JSON));
    }

    /** One table "by email" lists a member username: whatever it holds is taken for a username. */
    @Test
    void theFirstEmailTableAsItStands() {
        String target = LOGIN.formatted(APIKEY, APP, "", "", "");
        assertDemo(bare.post(target, body("username", "ada", RunningNode.ADA_PASSWORD), JSON));
        assertError(bare.post(target, body("username", "ada@example.org", RunningNode.ADA_PASSWORD), JSON), 401, 966);
    }

    /** By its source: every request is called JSON, nothing in the URL is encoded. */
    @Test
    void theJavaSdk() {
        String[] headers = {"Content-Type: application/json", "charset: utf-8", "Accept-Encoding: gzip"};
        String token = api.accessToken();
        assertJavaSuccess(
                bare.get("/sso/jwt/api/token?access_token=" + token + "&apiKey=" + APIKEY + "&jwtapp=" + APP, headers));
        String query = "?apiKey=" + APIKEY
                + "&emailTemplate=welcome&jwtapp=" + APP
                + "&loginUrl=https://shop.example/login@home&verificationurl=https://shop.example/verify?a=b:c";
        String body = "{\"email\":\"ada@example.org\",\"password\":\"" + RunningNode.ADA_PASSWORD + "\"}";
        assertJavaSuccess(bare.post("/sso/jwt/api/login" + query, body, headers));
        assertJavaSuccess(bare.post("/identity/v2/auth/login?apiKey=" + APIKEY, body, headers));
        String[] bearer = Stream.concat(Stream.of(headers), Stream.of("Authorization: Bearer " + token))
                .toArray(String[]::new);
        assertJavaSuccess(bare.get("/identity/v2/auth/access_token/Validate?apiKey=" + APIKEY, bearer));
        assertJavaSuccess(bare.get(
                "/identity/v2/auth/access_token/Invalidate?apiKey=" + APIKEY + "&preventRefresh=false", bearer));
    }

    /** It reads the body of every refusal and fails on an empty one. */
    @Test
    void theJavaSdkFindsABodyInEveryRefusal() {
        for (String target : List.of("/sso/jwt/api/token", "/sso/jwt/api/nothing", "/identity/v2/auth/login")) {
            Answer answer = bare.get(target, "Content-Type: application/json");
            assertThat(answer.status()).isGreaterThanOrEqualTo(400);
            assertThat(answer.json().isEmpty()).isFalse();
        }
    }

    /** Looks at no status, only for a truthy ErrorCode. Sends the token in both places. */
    @Test
    void theNodeSdk() {
        String token = api.accessToken();
        String query = "?apikey=" + APIKEY + "&access_token=" + token;
        Answer good = bare.get(
                "/identity/v2/auth/access_token/validate" + query,
                "Content-Type: application/json",
                "Authorization: Bearer " + token);
        assertThat(good.status()).isEqualTo(200);
        assertThat(good.json().containsKey("ErrorCode")).isFalse();
        Answer bad = bare.get("/identity/v2/auth/access_token/validate?apikey=" + APIKEY, "Authorization: Bearer x");
        assertThat(bad.json().getInteger("ErrorCode")).isPositive();
        assertDemo(bare.get(
                "/sso/jwt/api/token" + query + "&jwtapp=" + APP,
                "Content-Type: application/json",
                "Authorization: Bearer " + token));
    }

    private static void assertDemo(Answer answer) {
        AppJwt.bySecret(jwt(answer), LoginRadiusCaller.APP_SECRET);
    }

    private static void assertJavaSuccess(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("description", "Description");
    }

    /** With the line breaks and blanks of the samples. */
    private static String body(String name, String value, String password) {
        return "{\n  \"" + name + "\": \"" + value + "\",\n  \"password\": \"" + password + "\"\n}";
    }
}
