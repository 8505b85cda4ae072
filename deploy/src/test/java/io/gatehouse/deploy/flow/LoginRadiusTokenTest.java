package io.gatehouse.deploy.flow;

import static io.gatehouse.deploy.flow.LoginRadiusCaller.APIKEY;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.APP;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.TOKEN;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.assertError;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.jwt;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Document 001, a JWT for an access token, row by row. */
class LoginRadiusTokenTest {
    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo();

    private static final String URL = TOKEN + query("apikey", APIKEY, "jwtapp", APP);
    private static final String ALIAS = "/api/jwt/" + APP + "/token" + query("apikey", APIKEY);

    private final Caller caller = NODE.caller();
    private final BareCaller bare = new BareCaller(caller.base());
    private final LoginRadiusCaller api = new LoginRadiusCaller(caller);

    @Test
    void theSignatureIsAWholeJwtAboutTheUserOfTheToken() {
        Answer session = api.session();
        AppJwt jwt = demo(jwt(api.token(session.text("access_token"))));
        assertThat(jwt.header()).isEqualTo(new JsonObject().put("alg", "HS256").put("typ", "JWT"));
        JsonObject claims = jwt.claims();
        assertThat(claims.getString("sub"))
                .isEqualTo(session.json().getJsonObject("Profile").getString("Uid"));
        assertThat(claims.getString("iss")).isEqualTo(caller.base() + "/jwt/dev-dummy-app/");
        assertThat(claims.getLong("nbf")).isEqualTo(claims.getLong("iat"));
        assertThat(claims.getLong("exp")).isEqualTo(claims.getLong("iat") + 600);
        assertThat(claims.fieldNames()).doesNotContain("aud", "nonce");
    }

    /** The vendor knows no refresh of a JWT but this. */
    @Test
    void aTokenGivesAsManyJwtsAsAreAskedFor() {
        String token = api.accessToken();
        assertThat(demo(jwt(api.token(token))).claims().getString("jti"))
                .isNotEqualTo(demo(jwt(api.token(token))).claims().getString("jti"));
    }

    @Test
    void theTokenMayComeAsBearer() {
        String token = api.accessToken();
        jwt(caller.get(URL, "Bearer " + token));
        jwt(caller.get(URL, "bearer " + token));
        jwt(caller.get(URL + "&access_token=", "Bearer " + token));
    }

    @Test
    void bothTokensMustBeOne() {
        String token = api.accessToken();
        String other = api.accessToken();
        jwt(caller.get(URL + "&access_token=" + token, "Bearer " + token));
        assertError(caller.get(URL + "&access_token=" + token, "Bearer " + other), 403, 905);
        assertError(caller.get(URL + "&access_token=" + token, "Bearer x"), 403, 905);
        assertError(caller.get(URL + "&access_token=x", "Bearer " + token), 403, 905);
    }

    @Test
    void theAppMayStandInThePathAndBindANonce() {
        String token = api.accessToken();
        AppJwt plain = demo(jwt(caller.get(ALIAS + "&access_token=" + token, null)));
        assertThat(plain.claims().containsKey("nonce")).isFalse();
        AppJwt bound =
                demo(jwt(caller.get(ALIAS + "&access_token=" + token + "&" + Caller.form("nonce", "n\"é-1"), null)));
        assertThat(bound.claims().getString("nonce")).isEqualTo("n\"é-1");
        assertThat(bound.claims().getString("iss")).isEqualTo(caller.base() + "/jwt/dev-dummy-app/");
        assertError(caller.get(ALIAS + "&access_token=" + token + "&nonce=" + "x".repeat(256), null), 400, 908);
    }

    @Test
    void withoutAToken1060() {
        for (String path : List.of(URL, ALIAS)) {
            for (String token : List.of("", "&access_token", "&access_token=")) {
                assertError(caller.get(path + token, null), 400, 1060);
            }
            assertError(caller.get(path, "Basic x"), 400, 1060);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "a.b.c",
                "..",
                "eyJhbGciOiJub25lIn0.e30.",
                "2f9c9c1e-3f0e-4b5a-9a53-0d5f0c3d8a11",
                "\u0001",
                "é"
            })
    void whatIsNoTokenOfOurs905(String token) {
        assertError(api.token(token), 403, 905);
    }

    @Test
    void aChangedToken905() {
        String token = api.accessToken();
        int at = token.lastIndexOf('.') + 5;
        char other = token.charAt(at) == 'A' ? 'B' : 'A';
        assertError(api.token(token.substring(0, at) + other + token.substring(at + 1)), 403, 905);
        assertError(api.token(token.substring(0, token.lastIndexOf('.') + 1)), 403, 905);
        assertError(api.token(token + "A"), 403, 905);
        assertError(api.token("x".repeat(7000)), 403, 905);
        jwt(api.token(token));
    }

    @Test
    void aRevokedToken905() {
        String token = api.accessToken();
        jwt(api.token(token));
        assertThat(caller.post("/oauth2/revoke", null, "token", token, "client_id", "gatehouse.loginradius")
                        .status())
                .isEqualTo(200);
        assertError(api.token(token), 403, 905);
    }

    @Test
    void aLogoutEndsItToo() {
        String token = api.accessToken();
        jwt(api.token(token));
        String login = caller.logIn().text("access_token");
        assertThat(caller.send("POST", "/auth/logout", "", "Authorization", "Bearer " + login)
                        .status())
                .isEqualTo(204);
        assertError(api.token(token), 403, 905);
        jwt(api.token(api.accessToken()));
    }

    /** The vendor's SDKs call every GET application/json, the document's samples call it a form; one sends "charset". */
    @Test
    void whatABodylessGetSaysOfABodyIsNotJudged() {
        String target = URL + "&access_token=" + api.accessToken();
        for (String[] headers : new String[][] {
            {"Content-Type: application/json", "charset: utf-8", "Accept-Encoding: gzip"},
            {"content-Type: application/x-www-form-urlencoded"},
            {"Content-Type: x"},
            {"Content-Type: application/json", "Content-Length: 0"},
            {}
        }) {
            jwt(bare.get(target, headers));
        }
    }

    @Test
    void valuesNeedNoEncoding() {
        String target = URL + "&access_token=" + api.accessToken();
        jwt(bare.get(target + "&verificationurl=https://shop.example/verify?a=b@c:d/e"));
    }

    /** JSONP would let any page on the web read the token. */
    @Test
    void thereIsNoJsonp() {
        Answer answer = caller.get(URL + "&callback=show&access_token=" + api.accessToken(), null);
        assertThat(jwt(answer)).isNotEmpty();
        assertThat(answer.body()).startsWith("{");
        assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    private static AppJwt demo(String compact) {
        return AppJwt.bySecret(compact, LoginRadiusCaller.APP_SECRET);
    }
}
