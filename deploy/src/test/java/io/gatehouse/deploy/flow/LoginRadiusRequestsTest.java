package io.gatehouse.deploy.flow;

import static io.gatehouse.deploy.flow.LoginRadiusCaller.APIKEY;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.APP;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.IDENTITY;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.LOGIN;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.TOKEN;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.ada;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.assertError;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.json;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.query;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of the table of errors that a request alone decides, on every path of document 001 and its siblings. */
class LoginRadiusRequestsTest {
    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo();

    private static final String OTHER_KEY = "11111111-2222-3333-4444-555555555555";

    private final Caller caller = NODE.caller();
    private final BareCaller bare = new BareCaller(caller.base());
    private final LoginRadiusCaller api = new LoginRadiusCaller(caller);

    /** Every path that wants an apikey, with all else that it wants. */
    private List<Request> all() {
        String token = api.accessToken();
        return List.of(
                new Request("GET", TOKEN, "jwtapp", APP, "access_token", token),
                new Request("GET", "/api/jwt/" + APP + "/token", "access_token", token),
                new Request("POST", LOGIN, "jwtapp", APP),
                new Request("POST", "/api/jwt/" + APP + "/login"),
                new Request("POST", IDENTITY),
                new Request("GET", LoginRadiusCaller.VALIDATE, "access_token", token),
                new Request("GET", LoginRadiusCaller.INVALIDATE, "access_token", token));
    }

    private record Request(String method, String path, String... pairs) {
        Answer send(Caller caller, String apikeys) {
            String query = Caller.form(pairs);
            String body = method.equals("GET") ? "" : ada();
            return caller.send(method, path + "?" + query + (query.isEmpty() ? "" : "&") + apikeys, body);
        }
    }

    @Test
    void withoutAnApikey922() {
        for (Request request : all()) {
            for (String apikeys : List.of("", "apikey=", "apikey", "api_key=" + APIKEY)) {
                assertError(request.send(caller, apikeys), 400, 922);
            }
        }
        for (String path : List.of(TOKEN, LoginRadiusCaller.VALIDATE)) {
            assertError(caller.get(path, null), 400, 922);
        }
    }

    @Test
    void anApikeyThatIsNoUuid920() {
        for (Request request : all()) {
            for (String apikey : List.of("x", APIKEY + "0", APIKEY.replace("-", ""), "%7B" + APIKEY + "%7D", "%20")) {
                assertError(request.send(caller, "apikey=" + apikey), 400, 920);
            }
        }
    }

    @Test
    void anApikeyHasNoCase() {
        Answer answer = caller.get(TOKEN + "?apikey=" + APIKEY.toUpperCase(Locale.ROOT), null);
        assertError(answer, 400, 1196);
    }

    @Test
    void anUnknownApikey901() {
        for (Request request : all()) {
            assertError(request.send(caller, "apikey=" + OTHER_KEY), 403, 901);
        }
    }

    @Test
    void doubledParameters908() {
        for (Request request : all()) {
            assertError(request.send(caller, "apikey=" + APIKEY + "&apikey=" + APIKEY), 400, 908);
            assertError(request.send(caller, "apikey=" + APIKEY + "&apiKey=" + APIKEY), 400, 908);
        }
        String good = query("apikey", APIKEY, "jwtapp", APP);
        assertError(api.post(LOGIN + good + "&JwtApp=" + APP, ada()), 400, 908);
        assertError(caller.get(TOKEN + good + "&access_token=x&Access_Token=x", null), 400, 908);
    }

    @Test
    void withoutAnApp1196() {
        for (String app : List.of("", "&jwtapp=", "&jwtapp")) {
            assertError(api.post(LOGIN + query("apikey", APIKEY) + app, ada()), 400, 1196);
            assertError(caller.get(TOKEN + query("apikey", APIKEY) + app + "&access_token=x", null), 400, 1196);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "DEV-DUMMY-APP", "dev-dummy-app ", "a/b", "..", "é", "\u0001", "<x>", "' or 1=1"})
    void anUnknownApp1180(String app) {
        assertError(api.login(app, ada()), 401, 1180);
        assertError(api.token(app, api.accessToken()), 401, 1180);
    }

    @Test
    void anUnknownAppInThePath1180() {
        String query = query("apikey", APIKEY);
        for (String app : List.of("nobody", "Dev-Dummy-App", "%3Cx%3E", "a%20b", "x".repeat(65))) {
            assertError(bare.post("/api/jwt/" + app + "/login" + query, ada()), 401, 1180);
            assertError(bare.get("/api/jwt/" + app + "/token" + query + "&access_token=x"), 401, 1180);
        }
        assertError(api.login("x".repeat(65), ada()), 401, 1180);
        assertError(api.login("x".repeat(5000), ada()), 401, 1180);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "null",
                "[]",
                "1",
                "\"x\"",
                "{",
                "{}{}",
                "{\"email\":\"a@b\",\"email\":\"a@b\",\"password\":\"x\"}",
                "{\"email\":\"a@b\",\"password\":\"x\",\"password\":\"y\"}",
                "{\"a\":[[[[[[[[[[1]]]]]]]]]]}",
                "{'email':'a@b','password':'x'}",
                "{\"email\":\"a@b\",\"password\":\"x\",}",
                "email=ada%40example.org&password=x",
                // What a shell makes of the document's wget sample: no line break, but a backslash and an n.
                "{\\n  \"email\": \"ada@example.org\",\\n  \"password\": \"x\"\\n}"
            })
    void aBodyThatIsNoJsonObject965(String body) {
        assertError(api.login(body), 400, 965);
        assertError(api.identity(body), 400, 965);
    }

    @Test
    void aDeepOrLongBody965() {
        assertError(api.login("[".repeat(5000)), 400, 965);
        assertError(api.login(json("email", "ada@example.org", "password", "x", "z", "z".repeat(17_000))), 400, 965);
        Answer large = api.login("x".repeat(64 * 1024 + 1));
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.json().getInteger("ErrorCode")).isPositive();
    }

    @Test
    void noIdentifier1141() {
        for (String body : List.of(
                "{}",
                "{\"password\":\"x\"}",
                "{\"email\":\"\",\"password\":\"x\"}",
                "{\"email\":null,\"username\":\"\",\"phone\":\"\",\"password\":\"x\"}",
                "{\"Email\":\"ada@example.org\",\"password\":\"x\"}")) {
            assertError(api.login(body), 400, 1141);
            assertError(api.identity(body), 400, 1141);
        }
    }

    @Test
    void twoIdentifiers908() {
        for (String body : List.of(
                json("email", "ada@example.org", "username", "ada", "password", "x"),
                json("email", "ada@example.org", "phone", "+15550101", "password", "x"),
                json("username", "ada", "phone", "+15550101", "password", "x"))) {
            assertError(api.login(body), 400, 908);
            assertError(api.identity(body), 400, 908);
        }
    }

    @Test
    void membersOfAnotherType908() {
        for (String body : List.of(
                "{\"email\":1,\"password\":\"x\"}",
                "{\"email\":[\"ada@example.org\"],\"password\":\"x\"}",
                "{\"username\":{},\"password\":\"x\"}",
                "{\"phone\":15550101,\"password\":\"x\"}",
                "{\"email\":\"ada@example.org\",\"password\":true}")) {
            assertError(api.login(body), 400, 908);
        }
    }

    @ParameterizedTest
    @CsvSource({"email, ada@example.org", "username, ada", "phone, +15550101"})
    void noPassword1089(String name, String value) {
        assertError(api.login(json(name, value)), 400, 1089);
        assertError(api.login(json(name, value, "password", "")), 400, 1089);
        assertError(api.identity("{\"" + name + "\":\"" + value + "\",\"password\":null}"), 400, 1089);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", "@example.org", "ada@", "@"})
    void aMalformedEmail1038(String email) {
        assertError(api.login(json("email", email, "password", "x")), 400, 1038);
        assertError(api.identity(json("email", email, "password", "x")), 400, 1038);
    }

    @Test
    void longValuesAreRefusedBeforeAnythingIsHashed() {
        for (String body : List.of(
                json("username", "x".repeat(10_240), "password", "x"),
                json("email", "a@" + "x".repeat(10_240), "password", "x"),
                json("phone", "+1" + "5".repeat(10_240), "password", "x"),
                json("username", "ada", "password", "x".repeat(10_240)))) {
            Answer answer = api.login(body);
            assertThat(answer.status()).as(answer.body()).isBetween(400, 401);
            assertError(answer, answer.status(), answer.json().getInteger("ErrorCode"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%zz", "%ff", "%00", "%c3%28"})
    void percentMistakesAreTheFamilysOwn400(String text) {
        for (String name : List.of("apikey", "jwtapp", "access_token", "loginurl", "nonce", "x")) {
            for (Answer answer : List.of(
                    bare.get(TOKEN + "?" + name + "=" + text),
                    bare.post(LOGIN + "?" + name + "=" + text, ada()),
                    bare.get(LoginRadiusCaller.VALIDATE + "?" + name + "=" + text))) {
                assertError(answer, 400, answer.json().getInteger("ErrorCode"));
            }
        }
    }

    /** The first mistake of the documented order is the one that is told. */
    @Test
    void mistakesAreToldInOneOrder() {
        String good = "apikey=" + APIKEY + "&jwtapp=" + APP;
        assertThat(caller.send("PUT", TOKEN, "").status()).isEqualTo(405);
        assertError(caller.get(TOKEN + "?jwtapp=x&access_token=x", null), 400, 922);
        assertError(caller.get(TOKEN + "?apikey=x", null), 400, 920);
        assertError(caller.get(TOKEN + "?apikey=" + OTHER_KEY, null), 403, 901);
        assertError(caller.get(TOKEN + "?apikey=" + APIKEY, null), 400, 1196);
        assertError(caller.get(TOKEN + "?apikey=" + APIKEY + "&jwtapp=x", null), 401, 1180);
        assertError(caller.get(TOKEN + "?" + good, null), 400, 1060);
        assertError(caller.get(TOKEN + "?" + good + "&access_token=x", null), 403, 905);
        assertError(api.post(LOGIN + "?apikey=" + APIKEY + "&jwtapp=x&loginurl=x", "x"), 401, 1180);
        assertError(api.post(LOGIN + "?" + good + "&loginurl=x", "x"), 400, 908);
        assertError(api.post(LOGIN + "?" + good, "x"), 400, 965);
        assertError(api.post(LOGIN + "?" + good, "{}"), 400, 1141);
        assertError(api.post(LOGIN + "?" + good, json("username", "nobody")), 400, 1089);
        assertError(api.post(LOGIN + "?" + good, json("username", "nobody", "password", "x")), 401, 966);
    }

    @Test
    void otherMethodsAreNotAllowed() {
        for (Request request : all()) {
            for (String method : List.of("GET", "POST", "PUT", "DELETE", "OPTIONS")) {
                if (!method.equals(request.method())) {
                    Answer answer = caller.send(method, request.path());
                    assertError(answer, 405, answer.json().getInteger("ErrorCode"));
                    assertThat(answer.json().getInteger("ErrorCode")).isPositive();
                    assertThat(answer.header("Allow")).contains(request.method());
                }
            }
        }
    }

    @Test
    void otherPathsAreNotThere() {
        for (String path : List.of(
                "/sso/jwt/api",
                "/sso/jwt/api/token/",
                "/sso/jwt/api/refreshtoken",
                "/api/jwt//token",
                "/api/jwt/a/b/token")) {
            Answer answer = caller.get(path + query("apikey", APIKEY), null);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.json().isEmpty()).isFalse();
        }
    }
}
