package io.gatehouse.deploy.flow;

import static io.gatehouse.deploy.flow.BabelBirdCaller.assertError;
import static io.gatehouse.deploy.flow.BabelBirdCaller.claims;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Document 003 and its sibling for refreshing, row by row. */
class BabelBirdTokenTest {
    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo();

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String TOKEN = BabelBirdCaller.TOKEN;
    private static final String REFRESH = BabelBirdCaller.REFRESH;

    private final Caller caller = NODE.caller();
    private final BabelBirdCaller api = new BabelBirdCaller(caller);
    private final BareCaller bare = new BareCaller(caller.base());

    /** The document's example, letter by letter but for the code: in the URL, redirect_uri not encoded. */
    @Test
    void theExampleOfTheDocumentWorks() {
        Answer answer = bare.send(
                "POST",
                TOKEN + "?grant_type=authorization_code&code=" + api.code() + "&redirect_uri=http://xxx.xxx.xxx",
                "Authorization: " + Caller.DEMO);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.json().fieldNames())
                .containsExactlyInAnyOrder("access_token", "refresh_token", "expires_in", "token_type");
        assertThat(answer.json().getInteger("expires_in")).isEqualTo(3600);
        assertThat(answer.text("token_type")).isEqualTo("Bearer");
    }

    @Test
    void aFormIsTakenToo() {
        assertThat(caller.post(TOKEN, Caller.DEMO, "grant_type", "authorization_code", "code", api.code())
                        .status())
                .isEqualTo(200);
        assertThat(caller.post(TOKEN + "?grant_type=authorization_code", Caller.DEMO, "code", api.code())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anEmptyRedirectUriIsNone() {
        assertThat(api.bare(
                                TOKEN,
                                Caller.DEMO,
                                "grant_type",
                                "authorization_code",
                                "code",
                                api.code(),
                                "redirect_uri",
                                "")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theTokenSaysWhoseAndOfWhichFamily() {
        Answer answer = api.token(api.code());
        JsonObject claims = claims(answer.text("access_token"));
        assertThat(claims.getString("family")).isEqualTo("babelbird");
        assertThat(claims.getString("client_id")).isEqualTo("demo");
        assertThat(claims.getJsonArray("amr")).containsExactly("jwt_login");
        assertThat(claims.getLong("exp") - claims.getLong("iat")).isEqualTo(3600);
        assertThat(claims.getString("scope").split(" ")).doesNotContain("openid", "offline_access");
        JsonObject told = caller.post("/oauth2/introspect", Caller.DEMO, "token", answer.text("refresh_token"))
                .json();
        assertThat(told.getBoolean("active")).isTrue();
        assertThat(told.getLong("exp") - claims.getLong("iat")).isBetween(2_591_940L, 2_592_060L);
    }

    @Test
    void theTokenIsNoneOfTheOtherFamilies() {
        Answer answer = api.token(api.code());
        assertThat(caller.get("/auth/me", "Bearer " + answer.text("access_token"))
                        .status())
                .isEqualTo(401);
        assertThat(caller.postJson(
                                "/auth/refresh", null, "{\"refresh_token\":\"" + answer.text("refresh_token") + "\"}")
                        .status())
                .isEqualTo(401);
        assertThat(api.isActive(answer.text("access_token"))).isTrue();
    }

    /** The key's JWT is no access token. */
    @Test
    void theLoginJwtIsNoToken() {
        String jwt = ClientJwtText.demo(ClientJwtText.claims("demo"));
        assertThat(caller.get("/auth/me", "Bearer " + jwt).status()).isEqualTo(401);
        assertThat(api.isActive(jwt)).isFalse();
        assertError(api.token(jwt), 400, "invalid_grant", 40003);
    }

    @Test
    void withoutTheRightClientIsAChallenge() {
        String code = api.code();
        for (String authorization : new String[] {
            null,
            Caller.basic("demo", "wrong"),
            Caller.basic("nobody", RunningNode.DEMO_SECRET),
            Caller.basic("", ""),
            "Basic",
            "Basic !",
            "Basic ZGVtbw==",
            "Bearer x"
        }) {
            Answer answer = api.token(authorization, code);
            assertError(answer, 401, "invalid_client", 40102);
            assertThat(answer.header("WWW-Authenticate")).startsWith("Basic ");
        }
        assertThat(api.token(code).status()).isEqualTo(200);
    }

    /** The document knows HTTP Basic only. */
    @Test
    void aSecretInUrlOrFormIsNoAuthentication() {
        String code = api.code();
        String[] pairs = {
            "grant_type",
            "authorization_code",
            "code",
            code,
            "client_id",
            "demo",
            "client_secret",
            RunningNode.DEMO_SECRET
        };
        assertError(api.bare(TOKEN, null, pairs), 401, "invalid_client", 40102);
        assertError(caller.post(TOKEN, null, pairs), 401, "invalid_client", 40102);
        assertThat(api.token(code).status()).isEqualTo(200);
    }

    @Test
    void aStrangerCanNeitherSpendACodeNorKillWhatItGave() {
        String code = api.code();
        assertThat(api.token(null, code).status()).isEqualTo(401);
        Answer given = api.token(code);
        assertThat(given.status()).isEqualTo(200);
        assertThat(api.token(null, code).status()).isEqualTo(401);
        assertThat(api.token(Caller.basic("demo", "wrong"), code).status()).isEqualTo(401);
        Answer other = caller.post(
                "/oauth2/token", null, "grant_type", "authorization_code", "code", code, "client_id", "demo-spa");
        assertThat(other.error()).isEqualTo("400 invalid_grant");
        assertThat(api.isActive(given.text("access_token"))).isTrue();
        assertThat(api.refresh(given.text("refresh_token")).status()).isEqualTo(200);
    }

    /** Spent at the first presentation by an authenticated client, whatever comes of it: here, a verifier nobody asked for. */
    @Test
    void aFailedPresentationSpendsTheCode() {
        String verified = api.code();
        Answer verifier = caller.post(
                "/oauth2/token",
                Caller.DEMO,
                "grant_type",
                "authorization_code",
                "code",
                verified,
                "code_verifier",
                "v".repeat(43));
        assertThat(verifier.error()).isEqualTo("400 invalid_grant");
        assertError(api.token(verified), 400, "invalid_grant", 40003);
    }

    @Test
    void aReplayKillsWhatTheCodeGave() {
        String code = api.code();
        Answer given = api.token(code);
        String next = api.refresh(given.text("refresh_token")).text("refresh_token");
        assertThat(api.isActive(given.text("access_token"))).isTrue();
        assertError(api.token(code), 400, "invalid_grant", 40003);
        assertThat(api.isActive(given.text("access_token"))).isFalse();
        assertError(api.refresh(next), 400, "invalid_grant", 40003);
        assertError(api.refresh(given.text("refresh_token")), 400, "invalid_grant", 40003);
    }

    @Test
    void ofManyAtOnceExactlyOneSucceeds() {
        String code = api.code();
        List<CompletableFuture<Answer>> sent = IntStream.range(0, 64)
                .mapToObj(i -> caller.postLater(TOKEN, Caller.DEMO, "grant_type", "authorization_code", "code", code))
                .toList();
        List<Answer> answers = sent.stream().map(CompletableFuture::join).toList();
        List<Answer> given =
                answers.stream().filter(answer -> answer.status() == 200).toList();
        assertThat(given).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.status() != 200))
                .hasSize(63)
                .allSatisfy(answer -> assertError(answer, 400, "invalid_grant", 40003));
        assertThat(api.isActive(given.getFirst().text("access_token"))).isFalse();
        assertError(api.refresh(given.getFirst().text("refresh_token")), 400, "invalid_grant", 40003);
        assertError(api.token(code), 400, "invalid_grant", 40003);
    }

    /** One implementation behind both doors. */
    @Test
    void theStandardEndpointTakesTheCodeToo() {
        String code = api.code();
        Answer answer = caller.post("/oauth2/token", Caller.DEMO, "grant_type", "authorization_code", "code", code);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(claims(answer.text("access_token")).getString("family")).isEqualTo("babelbird");
        assertError(api.token(code), 400, "invalid_grant", 40003);
        assertThat(api.isActive(answer.text("access_token"))).isFalse();
    }

    @Test
    void theStandardEndpointReadsNothingFromTheUrl() {
        String code = api.code();
        String query = "?" + Caller.form("grant_type", "authorization_code", "code", code);
        assertThat(caller.post("/oauth2/token" + query, Caller.DEMO).error()).isEqualTo("400 invalid_request");
        assertThat(caller.post("/oauth2/token?code=" + code, Caller.DEMO, "grant_type", "authorization_code")
                        .error())
                .isEqualTo("400 invalid_request");
        assertThat(api.token(code).status()).isEqualTo(200);
    }

    @Test
    void refreshRotates() {
        Answer given = api.token(api.code());
        Answer next = api.refresh(given.text("refresh_token"));
        assertThat(next.status()).as(next.body()).isEqualTo(200);
        assertThat(next.header("Cache-Control")).isEqualTo("no-store");
        assertThat(next.json().fieldNames())
                .containsExactlyInAnyOrder("access_token", "refresh_token", "expires_in", "token_type");
        assertThat(next.json().getInteger("expires_in")).isEqualTo(3600);
        assertThat(next.text("refresh_token")).isNotEqualTo(given.text("refresh_token"));
        JsonObject claims = claims(next.text("access_token"));
        assertThat(claims.getString("family")).isEqualTo("babelbird");
        assertThat(claims.getJsonArray("amr")).containsExactly("jwt_login");
        assertThat(caller.post(
                                REFRESH,
                                Caller.DEMO,
                                "grant_type",
                                "refresh_token",
                                "refresh_token",
                                next.text("refresh_token"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aStaleRefreshTokenEndsTheGrant() {
        Answer first = api.token(api.code());
        Answer second = api.refresh(first.text("refresh_token"));
        Answer third = api.refresh(second.text("refresh_token"));
        assertError(api.refresh(first.text("refresh_token")), 400, "invalid_grant", 40003);
        assertError(api.refresh(third.text("refresh_token")), 400, "invalid_grant", 40003);
        assertThat(api.isActive(third.text("access_token"))).isFalse();
    }

    @Test
    void refreshNeedsTheRightClient() {
        String token = api.token(api.code()).text("refresh_token");
        for (String authorization : new String[] {null, Caller.basic("demo", "wrong")}) {
            Answer answer = api.bare(REFRESH, authorization, "grant_type", "refresh_token", "refresh_token", token);
            assertError(answer, 401, "invalid_client", 40102);
            assertThat(answer.header("WWW-Authenticate")).startsWith("Basic ");
        }
        assertThat(caller.post(
                                "/oauth2/token",
                                null,
                                "grant_type",
                                "refresh_token",
                                "refresh_token",
                                token,
                                "client_id",
                                "demo-spa")
                        .error())
                .isEqualTo("400 invalid_grant");
        assertThat(api.refresh(token).status()).isEqualTo(200);
    }

    @Test
    void anUnknownCodeOrRefreshTokenIsRefused() {
        for (String text : List.of("x", "x".repeat(43), "x".repeat(86), "\u0001", "é", "' or 1=1")) {
            assertError(api.token(text), 400, "invalid_grant", 40003);
            assertError(api.refresh(text), 400, "invalid_grant", 40003);
        }
    }

    @Test
    void eachPathHasItsGrantType() {
        for (String type : List.of("refresh_token", "client_credentials", "password", "AUTHORIZATION_CODE", "x")) {
            assertError(
                    api.bare(TOKEN, Caller.DEMO, "grant_type", type, "code", "x", "refresh_token", "x"),
                    400,
                    "unsupported_grant_type",
                    40005);
        }
        for (String type : List.of("authorization_code", "client_credentials", "x")) {
            assertError(
                    api.bare(REFRESH, Caller.DEMO, "grant_type", type, "code", "x", "refresh_token", "x"),
                    400,
                    "unsupported_grant_type",
                    40005);
        }
    }

    @Test
    void aWrongGrantTypeSpendsNothing() {
        String code = api.code();
        assertThat(api.bare(TOKEN, Caller.DEMO, "grant_type", "refresh_token", "code", code)
                        .status())
                .isEqualTo(400);
        assertThat(api.token(code).status()).isEqualTo(200);
    }

    @Test
    void missingEmptyAndDoubledParametersAreRefused() {
        for (String query : List.of(
                "",
                "?",
                "?grant_type=authorization_code",
                "?grant_type=authorization_code&code",
                "?grant_type=authorization_code&code=",
                "?code=x",
                "?grant_type=&code=x",
                "?grant_type=authorization_code&grant_type=authorization_code&code=x",
                "?grant_type=authorization_code&code=x&code=x",
                "?grant_type=authorization_code&code=x&redirect_uri=a&redirect_uri=a")) {
            assertError(
                    bare.send("POST", TOKEN + query, "Authorization: " + Caller.DEMO), 400, "invalid_request", 40001);
        }
        for (String query : List.of(
                "",
                "?grant_type=refresh_token",
                "?grant_type=refresh_token&refresh_token=",
                "?refresh_token=x",
                "?grant_type=refresh_token&refresh_token=x&refresh_token=x")) {
            assertError(
                    bare.send("POST", REFRESH + query, "Authorization: " + Caller.DEMO), 400, "invalid_request", 40001);
        }
    }

    @Test
    void aParameterInQueryAndFormIsDoubled() {
        String code = api.code();
        String both = TOKEN + "?" + Caller.form("grant_type", "authorization_code", "code", code);
        assertError(caller.post(both, Caller.DEMO, "code", code), 400, "invalid_request", 40001);
        assertError(caller.post(both, Caller.DEMO, "grant_type", "authorization_code"), 400, "invalid_request", 40001);
        assertThat(api.token(code).status()).isEqualTo(200);
    }

    @Test
    void aBodyThatIsNoFormIsRefused() {
        String query = "?" + Caller.form("grant_type", "authorization_code", "code", "x");
        assertError(caller.postJson(TOKEN + query, Caller.DEMO, "{}"), 400, "invalid_request", 40001);
        assertError(
                caller.postRaw(TOKEN + query, Caller.DEMO, null, "a=b".getBytes(StandardCharsets.UTF_8)),
                400,
                "invalid_request",
                40001);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%zz", "%ff", "%00", "%c3%28"})
    void percentMistakesAre400(String text) {
        for (String name : List.of("grant_type", "code", "redirect_uri", "x")) {
            String pair = name + "=" + text;
            assertError(
                    bare.send("POST", TOKEN + "?" + pair, "Authorization: " + Caller.DEMO),
                    400,
                    "invalid_request",
                    40001);
            assertError(
                    caller.postRaw(TOKEN, Caller.DEMO, FORM, pair.getBytes(StandardCharsets.US_ASCII)),
                    400,
                    "invalid_request",
                    40001);
        }
    }

    @Test
    void longParametersAreRefused() {
        String text = "x".repeat(10240);
        assertError(
                caller.post(TOKEN, Caller.DEMO, "grant_type", "authorization_code", "code", text),
                400,
                "invalid_grant",
                40003);
        assertError(
                caller.post(TOKEN, Caller.DEMO, "grant_type", text, "code", "x"), 400, "unsupported_grant_type", 40005);
        assertError(
                caller.post(REFRESH, Caller.DEMO, "grant_type", "refresh_token", "refresh_token", text),
                400,
                "invalid_grant",
                40003);
        assertError(caller.postRaw(TOKEN, Caller.DEMO, FORM, new byte[64 * 1024 + 1]), 413, "invalid_request", 41332);
        assertThat(bare.send("POST", TOKEN + "?code=" + text, "Authorization: " + Caller.DEMO)
                        .status())
                .isEqualTo(414);
    }

    @Test
    void aLongRedirectUriIsIgnored() {
        assertThat(caller.post(
                                TOKEN,
                                Caller.DEMO,
                                "grant_type",
                                "authorization_code",
                                "code",
                                api.code(),
                                "redirect_uri",
                                "x".repeat(10240))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {TOKEN, REFRESH})
    void otherMethodsAreNotAllowed(String path) {
        for (String method : List.of("GET", "PUT", "DELETE", "OPTIONS")) {
            Answer answer = caller.send(method, path);
            assertError(answer, 405, "invalid_request", 40530);
            assertThat(answer.header("Allow")).isEqualTo("POST");
        }
    }
}
