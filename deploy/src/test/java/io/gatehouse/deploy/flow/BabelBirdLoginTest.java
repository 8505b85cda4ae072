package io.gatehouse.deploy.flow;

import static io.gatehouse.deploy.flow.BabelBirdCaller.assertError;
import static io.gatehouse.deploy.flow.BabelBirdCaller.claims;
import static io.gatehouse.deploy.flow.BabelBirdCaller.code;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Document 000, row by row. */
class BabelBirdLoginTest {
    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo();

    private static final String REFUSED_JWT = "invalid_grant";

    private final BabelBirdCaller api = new BabelBirdCaller(NODE.caller());
    private final BareCaller bare = new BareCaller(NODE.caller().base());

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    /** The document's JWT holds the client's id and nothing else; nobody named is the administrator. */
    @Test
    void theDocumentsJwtLogsInTheAdministrator() {
        Answer answer = api.authorizeBy("demo", ClientJwtText.demo("{\"client_id\":\"demo\"}"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.json().fieldNames()).containsExactlyInAnyOrder("success", "code", "expires_in");
        assertThat(answer.json().getBoolean("success")).isTrue();
        assertThat(answer.text("code")).matches("[A-Za-z0-9_-]{43}");
        assertThat(answer.json().getInteger("expires_in")).isEqualTo(300);
        assertThat(subject(answer)).isEqualTo(subjectOf("admin", "admin-demo-password"));
    }

    @Test
    void anUndatedJwtMayComeAgainWhereItIsAllowed() {
        String jwt = ClientJwtText.demo("{\"client_id\":\"demo\"}");
        assertThat(api.authorizeBy("demo", jwt).status()).isEqualTo(200);
        assertThat(api.authorizeBy("demo", jwt).status()).isEqualTo(200);
    }

    @Test
    void thePayloadFormCountsMilliseconds() {
        String jwt = ClientJwtText.demo(
                "{\"payload\":{\"client_id\":\"demo\"},\"time\":" + System.currentTimeMillis() + "}");
        assertThat(api.authorizeBy("demo", jwt, "email", "ada@example.org").status())
                .isEqualTo(200);
    }

    @Test
    void thePayloadFormCountsSecondsToo() {
        String jwt = ClientJwtText.demo("{\"payload\":{\"client_id\":\"demo\"},\"time\":" + now() + "}");
        assertThat(api.authorizeBy("demo", jwt, "babelId", "E-2").status()).isEqualTo(200);
    }

    @Test
    void idsAtBothPlacesMustAgree() {
        String both =
                "{\"client_id\":\"demo\",\"payload\":{\"client_id\":\"%s\"},\"jti\":\"%s\",\"iat\":" + now() + "}";
        assertThat(api.authorizeBy("demo", ClientJwtText.demo(both.formatted("demo", "both-1")))
                        .status())
                .isEqualTo(200);
        assertError(
                api.authorizeBy("demo", ClientJwtText.demo(both.formatted("other", "both-2"))),
                401,
                REFUSED_JWT,
                40103);
    }

    @ParameterizedTest
    @CsvSource({"email, ada@example.org", "email, ADA@Example.org", "phone, +15550101", "babelId, E-2"})
    void everySelectorFindsTheUser(String name, String value) {
        assertThat(subject(api.authorizeDemo(name, value))).isEqualTo(subjectOf("ada", RunningNode.ADA_PASSWORD));
    }

    @Test
    void aPlusThatNobodyEncodedIsAPlus() {
        String jwt = ClientJwtText.demo(ClientJwtText.claims("demo"));
        Answer answer = bare.send(
                "GET",
                BabelBirdCaller.AUTHORIZE + "?response_type=code&client_id=demo&jwt_token=" + jwt + "&phone=+15550101");
        assertThat(subject(answer)).isEqualTo(subjectOf("ada", RunningNode.ADA_PASSWORD));
    }

    @Test
    void anEmptySelectorIsNone() {
        Answer answer = api.authorizeDemo("email", "", "phone", "", "babelId", "");
        assertThat(subject(answer)).isEqualTo(subjectOf("admin", "admin-demo-password"));
        assertThat(subject(api.authorizeDemo("email", "", "phone", "", "babelId", "E-2")))
                .isEqualTo(subjectOf("ada", RunningNode.ADA_PASSWORD));
    }

    @Test
    void twoSelectorsAreRefused() {
        assertError(api.authorizeDemo("email", "ada@example.org", "babelId", "E-2"), 400, "invalid_request", 40001);
        assertError(api.authorizeDemo("email", "ada@example.org", "phone", "+15550101"), 400, "invalid_request", 40001);
    }

    @Test
    void aSelectorInsideTheJwtNamesTheUser() {
        String ada = subjectOf("ada", RunningNode.ADA_PASSWORD);
        assertThat(subject(signed("email", "ada@example.org"))).isEqualTo(ada);
        String nested = "{\"payload\":{\"client_id\":\"demo\",\"phone\":\"+15550101\"},\"time\":" + now() + "}";
        assertThat(subject(api.authorizeBy("demo", ClientJwtText.demo(nested)))).isEqualTo(ada);
    }

    @Test
    void aSelectorInsideTheJwtMustAgreeWithTheRequest() {
        String jwt = ClientJwtText.demo(ClientJwtText.claims("demo", "email", "ada@example.org"));
        assertError(api.authorizeBy("demo", jwt, "email", "admin@example.org"), 401, REFUSED_JWT, 40103);
        assertThat(api.authorizeBy("demo", jwt, "email", "ada@example.org").status())
                .isEqualTo(200);
    }

    @Test
    void anUnknownUserIsRefused() {
        for (String[] selector : List.of(
                new String[] {"email", "nobody@example.org"},
                new String[] {"phone", "+19990000"},
                new String[] {"babelId", "ada"})) {
            assertError(api.authorizeDemo(selector), 403, "access_denied", 40307);
        }
    }

    @Test
    void dataAndStateComeBack() {
        Answer answer = api.authorizeDemo("data", "a b&c", "state", "s\"1");
        assertThat(answer.text("data")).isEqualTo("a b&c");
        assertThat(answer.text("state")).isEqualTo("s\"1");
        assertError(api.authorizeDemo("data", "x".repeat(1025)), 400, "invalid_request", 40001);
    }

    @Test
    void aRegisteredRedirectUriIsFollowed() {
        Answer answer =
                api.authorizeDemo("redirect_uri", "http://127.0.0.1:9999/callback", "data", "a b&c", "state", "x\r\ny");
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Location"))
                .matches("http://127\\.0\\.0\\.1:9999/callback\\?code=[A-Za-z0-9_-]{43}&data=a\\+b%26c&state=x%0D%0Ay");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1:9999/callback/", "http://127.0.0.1:9999/callback?x=1", "https://evil.example"})
    void anotherRedirectUriIsNeverFollowed(String uri) {
        String jwt = ClientJwtText.demo(ClientJwtText.claims("demo"));
        Answer answer = api.authorizeBy("demo", jwt, "redirect_uri", uri);
        assertError(answer, 400, "invalid_request", 40001);
        assertThat(answer.header("Location")).isNull();
        assertThat(api.authorizeBy("demo", jwt).status()).as("not spent").isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"response_type", "client_id", "jwt_token"})
    void everyRequiredParameterIsRequiredOnce(String name) {
        String jwt = ClientJwtText.demo(ClientJwtText.claims("demo"));
        List<String> all = List.of("response_type=code", "client_id=demo", "jwt_token=" + jwt);
        String own =
                all.stream().filter(pair -> pair.startsWith(name)).findFirst().orElseThrow();
        String others =
                String.join("&", all.stream().filter(pair -> !pair.equals(own)).toList());
        for (String query :
                List.of(others, others + "&" + name + "=", others + "&" + name, others + "&" + own + "&" + own)) {
            assertError(
                    NODE.caller().get(BabelBirdCaller.AUTHORIZE + "?" + query, null), 400, "invalid_request", 40001);
        }
    }

    @Test
    void optionalParametersComeOnceAtMost() {
        assertError(
                api.authorizeDemo("email", "ada@example.org", "email", "ada@example.org"),
                400,
                "invalid_request",
                40001);
    }

    @Test
    void withoutAQueryEverythingIsMissing() {
        assertError(NODE.caller().get(BabelBirdCaller.AUTHORIZE, null), 400, "invalid_request", 40001);
    }

    @Test
    void anotherResponseTypeIsRefused() {
        for (String type : List.of("token", "CODE", "code token")) {
            assertError(
                    api.authorize("response_type", type, "client_id", "demo", "jwt_token", "x"),
                    400,
                    "unsupported_response_type",
                    40008);
        }
    }

    /** No challenge: HTTP Basic does not help here. */
    @Test
    void anUnknownClientIsRefused() {
        Answer answer = api.authorizeBy("nobody", ClientJwtText.demo(ClientJwtText.claims("nobody")));
        assertError(answer, 401, "invalid_client", 40102);
        assertThat(answer.header("WWW-Authenticate")).isNull();
    }

    @Test
    void aClientWithoutALoginKeyIsRefused() {
        assertError(
                api.authorizeBy("demo-spa", ClientJwtText.demo(ClientJwtText.claims("demo-spa"))),
                403,
                "access_denied",
                40307);
    }

    @Test
    void anotherClientsIdIsRefused() {
        assertRefused(ClientJwtText.demo(ClientJwtText.claims("demo-spa")));
        assertRefused(ClientJwtText.demo("{\"iat\":" + now() + "}"));
        assertRefused(ClientJwtText.demo("{\"client_id\":[\"demo\"],\"iat\":" + now() + "}"));
    }

    @Test
    void aJwtCountsOnce() {
        String jwt = ClientJwtText.demo(ClientJwtText.claims("demo"));
        assertThat(api.authorizeBy("demo", jwt).status()).isEqualTo(200);
        assertRefused(jwt);
        String withoutId =
                ClientJwtText.demo("{\"client_id\":\"demo\",\"iat\":" + now() + ",\"exp\":" + (now() + 90) + "}");
        assertThat(api.authorizeBy("demo", withoutId).status()).isEqualTo(200);
        assertRefused(withoutId);
        String id = "\"jti\":\"one-id\",\"client_id\":\"demo\",\"iat\":" + now();
        assertThat(api.authorizeBy("demo", ClientJwtText.demo("{" + id + "}")).status())
                .isEqualTo(200);
        assertRefused(ClientJwtText.demo("{" + id + ",\"x\":1}"));
    }

    @Test
    void algorithmsThatAreNotTheClientsAreRefused() {
        String claims = ClientJwtText.claims("demo");
        String key = ClientJwtText.DEMO_KEY;
        for (String name : List.of("none", "None", "NONE", "")) {
            assertRefused(ClientJwtText.unsigned("{\"alg\":\"" + name + "\"}", claims));
        }
        assertRefused(ClientJwtText.unsigned(ClientJwtText.HS256, claims));
        assertRefused(ClientJwtText.signed("HmacSHA512", key, "{\"alg\":\"HS512\"}", claims));
        assertRefused(ClientJwtText.signed("HmacSHA512", key, ClientJwtText.HS256, claims));
        assertRefused(ClientJwtText.signed("HmacSHA256", key, "{\"alg\":\"RS256\"}", claims));
        assertRefused(ClientJwtText.signed("HmacSHA256", key, "{\"alg\":\"hs256\"}", claims));
        assertRefused(ClientJwtText.signed("HmacSHA256", key, "{}", claims));
        assertThat(api.authorizeBy("demo", ClientJwtText.demo(claims)).status()).isEqualTo(200);
    }

    @Test
    void keysThatComeAlongAreRefused() {
        for (String member : List.of(
                "\"jwk\":{\"kty\":\"oct\",\"k\":\"AA\"}",
                "\"jku\":\"http://127.0.0.1:9/\"",
                "\"x5u\":\"http://127.0.0.1:9/\"",
                "\"x5c\":[]",
                "\"crit\":[\"exp\"]",
                "\"alg\":\"none\"")) {
            assertRefused(ClientJwtText.signed(
                    "HmacSHA256",
                    ClientJwtText.DEMO_KEY,
                    "{\"alg\":\"HS256\"," + member + "}",
                    ClientJwtText.claims("demo")));
        }
    }

    @Test
    void otherKeysAreRefused() {
        assertRefused(ClientJwtText.signed("another-key-0123456789abcdef0123456789", ClientJwtText.claims("demo")));
        assertRefused(ClientJwtText.signed(RunningNode.DEMO_SECRET, ClientJwtText.claims("demo")));
    }

    @Test
    void timesAreHeld() {
        assertRefused(times("\"iat\":" + (now() - 365)));
        assertRefused(times("\"iat\":" + (now() + 90)));
        assertRefused(times("\"exp\":" + (now() - 61)));
        assertRefused(times("\"nbf\":" + (now() + 90)));
        assertRefused(times("\"time\":" + (System.currentTimeMillis() - 365_000)));
        assertRefused(times("\"time\":" + (System.currentTimeMillis() + 90_000)));
        assertRefused(times("\"iat\":\"now\""));
        assertRefused(times("\"iat\":-1"));
        assertRefused(times("\"exp\":1e300"));
        assertRefused(times("\"exp\":true"));
        for (String claim : List.of(
                "\"iat\":" + (now() - 290), "\"iat\":" + (now() + 50), "\"exp\":" + (now() - 50), "\"nbf\":" + now())) {
            assertThat(api.authorizeBy("demo", times(claim)).status()).as(claim).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "[]",
                "1",
                "",
                "{\"client_id\":\"demo\",\"client_id\":\"demo\"}",
                "{\"client_id\":\"demo\"} {}",
                "{\"client_id\":\"demo\",\"payload\":1}",
                "{\"client_id\":\"demo\",\"x\":[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]}",
                "{\"client_id\":\"demo\",\"email\":7}",
                "{\"client_id\":\"demo\",\"email\":\"ada@example.org\",\"phone\":\"+15550101\"}",
                "{\"client_id\":null}"
            })
    void oddPayloadsAreRefused(String payload) {
        assertRefused(ClientJwtText.demo(payload));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                ".",
                "..",
                "a.b",
                "a.b.c.d",
                "a.b.c.d.e",
                "eyJhbGciOiJIUzI1NiJ9.e30.!",
                "\u0001.\u0002.\u0003"
            })
    void whatIsNoJwtIsRefused(String text) {
        assertRefused(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%zz", "%f", "%ff", "%00", "%c3%28"})
    void percentMistakesAre400(String text) {
        for (String name : List.of("client_id", "jwt_token", "email", "data", "x")) {
            String target = BabelBirdCaller.AUTHORIZE + "?response_type=code&" + name + "=" + text;
            assertError(bare.send("GET", target), 400, "invalid_request", 40001);
        }
    }

    /** In any place: refused in the family's words, or harmless; never 500. */
    @ParameterizedTest
    @ValueSource(strings = {"%01", "%0d%0a", "%7f", "%e2%80%ae", "%f0%9f%98%80", "'%22%3c%3e"})
    void controlCharactersAreHarmless(String text) {
        String jwt = ClientJwtText.demo("{\"client_id\":\"demo\"}");
        String good = "?response_type=code&client_id=demo&jwt_token=" + jwt;
        for (String query : List.of(
                good + "&email=" + text,
                good + "&phone=" + text,
                good + "&babelId=" + text,
                "?response_type=code&client_id=" + text + "&jwt_token=" + jwt,
                "?response_type=" + text + "&client_id=demo&jwt_token=" + jwt,
                good + "&redirect_uri=" + text)) {
            Answer answer = bare.send("GET", BabelBirdCaller.AUTHORIZE + query);
            assertThat(answer.status()).as(query).isBetween(400, 403);
            assertThat(answer.json().getBoolean("success")).isFalse();
        }
        assertThat(bare.send("GET", BabelBirdCaller.AUTHORIZE + good + "&data=" + text)
                        .status())
                .isEqualTo(200);
    }

    /** A request line has 8 KiB at most: beyond it HTTP itself refuses. */
    @ParameterizedTest
    @ValueSource(strings = {"response_type", "client_id", "jwt_token", "email", "phone", "babelId", "redirect_uri"})
    void longParametersAreRefused(String name) {
        String jwt = ClientJwtText.demo("{\"client_id\":\"demo\"}");
        String fixed = "?response_type=code&client_id=demo&jwt_token=" + jwt;
        String query = fixed.contains(name + "=")
                ? fixed.replaceFirst(name + "=[^&]*", name + "=" + "x".repeat(7000))
                : fixed + "&" + name + "=" + "x".repeat(7000);
        Answer answer = bare.send("GET", BabelBirdCaller.AUTHORIZE + query);
        assertThat(answer.status()).isBetween(400, 403);
        assertThat(answer.json().getBoolean("success")).isFalse();
        assertThat(bare.send("GET", BabelBirdCaller.AUTHORIZE + fixed + "&" + name + "1=" + "x".repeat(10240))
                        .status())
                .isEqualTo(414);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "HEAD"})
    void otherMethodsAreNotAllowed(String method) {
        Answer answer = NODE.caller().send(method, BabelBirdCaller.AUTHORIZE);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("GET");
        if (!method.equals("HEAD")) {
            assertError(answer, 405, "invalid_request", 40530);
        }
    }

    private static String times(String claim) {
        return ClientJwtText.demo(
                "{\"client_id\":\"demo\",\"jti\":\"" + java.util.UUID.randomUUID() + "\"," + claim + "}");
    }

    private Answer signed(String name, String value) {
        return api.authorizeBy("demo", ClientJwtText.demo(ClientJwtText.claims("demo", name, value)));
    }

    private void assertRefused(String jwt) {
        Answer answer = api.authorizeBy("demo", jwt);
        assertError(answer, 401, REFUSED_JWT, 40103);
        assertThat(answer.header("WWW-Authenticate")).isNull();
    }

    /** Of the tokens that the code gives. */
    private String subject(Answer authorized) {
        return claims(api.token(code(authorized)).text("access_token")).getString("sub");
    }

    private static String subjectOf(String username, String password) {
        return claims(NODE.caller()
                        .post("/auth/login", null, "username", username, "password", password)
                        .text("access_token"))
                .getString("sub");
    }
}
