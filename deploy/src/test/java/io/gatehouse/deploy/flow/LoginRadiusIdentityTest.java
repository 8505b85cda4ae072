package io.gatehouse.deploy.flow;

import static io.gatehouse.deploy.flow.LoginRadiusCaller.APIKEY;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.INVALIDATE;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.VALIDATE;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.assertError;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.json;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.jwt;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The siblings by which document 001's callers come to an access token: login, validate, invalidate. */
class LoginRadiusIdentityTest {
    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo();

    private final Caller caller = NODE.caller();
    private final LoginRadiusCaller api = new LoginRadiusCaller(caller);

    @Test
    void aLoginGivesAProfileAndTokens() {
        Answer answer = api.session();
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.json().fieldNames())
                .containsExactlyInAnyOrder("Profile", "access_token", "refresh_token", "expires_in");
        assertThat(answer.text("refresh_token")).matches("[A-Za-z0-9_-]{86}");
        assertThat(answer.body()).doesNotContain("escription");
    }

    @Test
    void theProfileIsTheUsers() {
        JsonObject profile = api.session().json().getJsonObject("Profile");
        assertThat(profile.getString("Uid")).matches("[0-9a-f]{32}").isEqualTo(profile.getString("ID"));
        assertThat(profile.getString("UserName")).isEqualTo("ada");
        assertThat(profile.getString("FullName")).isEqualTo("Ada Lovelace");
        assertThat(profile.getJsonArray("Email"))
                .isEqualTo(new JsonArray()
                        .add(new JsonObject().put("Type", "Primary").put("Value", "ada@example.org")));
        assertThat(profile.getBoolean("EmailVerified")).isTrue();
        assertThat(profile.getString("PhoneId")).isEqualTo("+15550101");
        assertThat(profile.getJsonArray("Roles")).containsExactly("editor");
        assertThat(profile.getBoolean("IsActive")).isTrue();
    }

    @Test
    void theTokenSaysWhoseAndOfWhichFamily() {
        Answer answer = api.session();
        JsonObject claims = BabelBirdCaller.claims(answer.text("access_token"));
        assertThat(claims.getString("family")).isEqualTo("loginradius");
        assertThat(claims.getString("client_id")).isEqualTo("gatehouse.loginradius");
        assertThat(claims.getString("sub").replace("-", ""))
                .isEqualTo(answer.json().getJsonObject("Profile").getString("Uid"));
        assertThat(claims.getLong("exp") - claims.getLong("iat")).isEqualTo(900);
        assertThat(answer.text("expires_in")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
        assertThat(Instant.parse(answer.text("expires_in")).getEpochSecond()).isEqualTo(claims.getLong("exp"));
    }

    @ParameterizedTest
    @CsvSource({"email, ada@example.org", "username, ADA", "phone, +15550101"})
    void everyIdentifierFindsTheUser(String name, String value) {
        Answer answer = api.identity(json(name, value, "password", RunningNode.ADA_PASSWORD));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().getJsonObject("Profile").getString("UserName")).isEqualTo("ada");
    }

    @Test
    void aWrongPasswordAndAnUnknownUserAreTheSameAnswer() {
        Answer wrong = api.identity(json("email", "ada@example.org", "password", "wrong"));
        Answer unknown = api.identity(json("email", "nobody@example.org", "password", "wrong"));
        assertError(wrong, 401, 966);
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.body()).isEqualTo(wrong.body());
    }

    @Test
    void validateTellsHowLong() {
        Answer session = api.session();
        Answer answer = api.validate(session.text("access_token"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json())
                .isEqualTo(new JsonObject()
                        .put("access_token", session.text("access_token"))
                        .putNull("refresh_token")
                        .put("expires_in", session.text("expires_in")));
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void bothSpellingsOfThePathsWork() {
        String token = api.accessToken();
        String query = query("apikey", APIKEY);
        for (String path : List.of(VALIDATE, VALIDATE.replace("/validate", "/Validate"))) {
            assertThat(caller.get(path + query, "Bearer " + token).status()).isEqualTo(200);
        }
        for (String path : List.of(INVALIDATE, INVALIDATE.replace("/invalidate", "/Invalidate"))) {
            assertThat(caller.get(path + query, "Bearer " + api.accessToken()).status())
                    .isEqualTo(200);
        }
    }

    /** One SDK sends it in both places, another moves it. */
    @Test
    void theTokenMayComeInTheUrlOrInBothPlaces() {
        String token = api.accessToken();
        String query = query("apiKey", APIKEY, "access_token", token);
        for (String path : List.of(VALIDATE, INVALIDATE)) {
            assertError(caller.get(path + query, "Bearer x"), 403, 905);
        }
        assertThat(caller.get(VALIDATE + query, null).status()).isEqualTo(200);
        assertThat(caller.get(VALIDATE + query, "Bearer " + token).status()).isEqualTo(200);
        assertThat(caller.get(INVALIDATE + query, "Bearer " + token).status()).isEqualTo(200);
    }

    @Test
    void withoutAToken1060AndWithAWrongOne905() {
        for (String path : List.of(VALIDATE, INVALIDATE)) {
            assertError(caller.get(path + query("apikey", APIKEY), null), 400, 1060);
            assertError(caller.get(path + query("apikey", APIKEY, "access_token", ""), null), 400, 1060);
            assertError(caller.get(path + query("apikey", APIKEY), "Bearer x.y.z"), 403, 905);
        }
    }

    @Test
    void invalidateEndsTheTokenAndNothingElse() {
        String token = api.accessToken();
        String other = api.accessToken();
        jwt(api.token(token));
        Answer answer = api.invalidate(token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json()).isEqualTo(new JsonObject().put("IsPosted", true));
        assertError(api.token(token), 403, 905);
        assertError(api.validate(token), 403, 905);
        assertError(api.invalidate(token), 403, 905);
        assertThat(new BabelBirdCaller(caller).isActive(token)).isFalse();
        jwt(api.token(other));
    }

    @Test
    void preventRefreshEndsEverythingTheUserWasGiven() {
        String token = api.accessToken();
        String other = api.accessToken();
        Answer login = caller.logIn();
        assertThat(api.invalidate(token, "preventRefresh", "false").status()).isEqualTo(200);
        jwt(api.token(other));
        String last = api.accessToken();
        assertThat(api.invalidate(last, "preventRefresh", "true").json().getBoolean("IsPosted"))
                .isTrue();
        for (String ended : List.of(token, other, last)) {
            assertError(api.token(ended), 403, 905);
        }
        assertThat(caller.get("/auth/me", "Bearer " + login.text("access_token"))
                        .status())
                .isEqualTo(401);
        assertThat(caller.postJson("/auth/refresh", null, "{\"refresh_token\":\"" + login.text("refresh_token") + "\"}")
                        .status())
                .isEqualTo(401);
        jwt(api.token(api.accessToken()));
    }

    /** A link that somebody follows brings no header. */
    @Test
    void preventRefreshNeedsTheTokenAsBearer() {
        String token = api.accessToken();
        String path = INVALIDATE + query("apikey", APIKEY, "access_token", token, "preventRefresh", "true");
        assertError(caller.get(path, null), 400, 1060);
        assertThat(api.validate(token).status()).isEqualTo(200);
        assertThat(caller.get(path, "Bearer " + token).status()).isEqualTo(200);
        assertError(api.validate(token), 403, 905);
    }

    /** Neither a head nor a preflight ends anything. */
    @Test
    void onlyAGetInvalidates() {
        String token = api.accessToken();
        String path = INVALIDATE + query("apikey", APIKEY);
        for (String method : List.of("HEAD", "OPTIONS", "POST")) {
            assertThat(caller.send(method, path, "", "Authorization", "Bearer " + token)
                            .status())
                    .as(method)
                    .isEqualTo(405);
        }
        assertThat(api.validate(token).status()).isEqualTo(200);
    }
}
