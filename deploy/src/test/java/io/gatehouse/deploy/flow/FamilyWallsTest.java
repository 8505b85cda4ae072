package io.gatehouse.deploy.flow;

import static io.gatehouse.deploy.flow.LoginRadiusCaller.assertError;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.json;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.jwt;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What was given by one family of paths opens the others only where the table of families says so. */
class FamilyWallsTest {
    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo();

    /** What a thief may have found. User tokens of the family {@code oauth} need an authorization endpoint. */
    enum Loot {
        LOGIN,
        BABELBIRD,
        LOGINRADIUS,
        CLIENT,
        APP_JWT,
        LOGIN_KEY_JWT,
        LOGIN_REFRESH,
        BABELBIRD_REFRESH,
        LOGINRADIUS_REFRESH
    }

    private final Caller caller = NODE.caller();
    private final LoginRadiusCaller vendor = new LoginRadiusCaller(caller);
    private final BabelBirdCaller babelBird = new BabelBirdCaller(caller);

    private String fresh(Loot loot) {
        return switch (loot) {
            case LOGIN -> caller.logIn().text("access_token");
            case LOGIN_REFRESH -> caller.logIn().text("refresh_token");
            case BABELBIRD -> babelBird.token(babelBird.code()).text("access_token");
            case BABELBIRD_REFRESH -> babelBird.token(babelBird.code()).text("refresh_token");
            case LOGINRADIUS -> vendor.accessToken();
            case LOGINRADIUS_REFRESH -> vendor.session().text("refresh_token");
            case CLIENT ->
                caller.post("/oauth2/token", Caller.DEMO, "grant_type", "client_credentials")
                        .text("access_token");
            case APP_JWT -> jwt(vendor.login(LoginRadiusCaller.ada()));
            case LOGIN_KEY_JWT -> ClientJwtText.demo(ClientJwtText.claims("demo"));
        };
    }

    /** The table: what opens what. */
    @ParameterizedTest
    @CsvSource({
        // loot,              introspection, /auth/*, a JWT app's token and /identity/v2/*
        "LOGIN,               true,          true,    false",
        "BABELBIRD,           true,          false,   false",
        "LOGINRADIUS,         true,          false,   true",
        "CLIENT,              true,          false,   false",
        "APP_JWT,             false,         false,   false",
        "LOGIN_KEY_JWT,       false,         false,   false",
        "LOGIN_REFRESH,       false,         false,   false",
        "BABELBIRD_REFRESH,   false,         false,   false",
        "LOGINRADIUS_REFRESH, false,         false,   false",
    })
    void theTable(Loot loot, boolean introspection, boolean auth, boolean jwtApps) {
        String token = fresh(loot);
        assertThat(introspectsAsAccessToken(token)).isEqualTo(introspection);
        assertThat(me(token)).isEqualTo(auth ? 200 : 401);
        for (Answer answer : List.of(
                vendor.token(token),
                caller.get(LoginRadiusCaller.TOKEN + app(), "Bearer " + token),
                caller.get("/api/jwt/" + LoginRadiusCaller.APP + "/token" + app(), "Bearer " + token),
                vendor.validate(token))) {
            if (jwtApps) {
                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            } else {
                assertError(answer, 403, 905);
            }
        }
        assertThat(introspectsAsAccessToken(token)).isEqualTo(introspection);
    }

    /** What ends a token or a session obeys the same table: a refused call ends nothing. */
    @ParameterizedTest
    @EnumSource(Loot.class)
    void whatEndsThingsObeysTheTable(Loot loot) {
        String token = fresh(loot);
        String session = caller.logIn().text("access_token");
        if (loot != Loot.LOGINRADIUS) {
            assertError(vendor.invalidate(token, "preventRefresh", "true"), 403, 905);
            assertThat(me(session)).isEqualTo(200);
        } else {
            assertThat(vendor.invalidate(token).status()).isEqualTo(200);
            assertThat(introspectsAsAccessToken(token)).isFalse();
        }
        assertThat(logOut(token)).isEqualTo(loot == Loot.LOGIN ? 204 : 401);
        assertThat(me(session)).isEqualTo(loot == Loot.LOGIN ? 401 : 200);
    }

    @ParameterizedTest
    @EnumSource(
            value = Loot.class,
            names = {"BABELBIRD_REFRESH", "LOGINRADIUS_REFRESH"})
    void theLoginApiRefreshesItsOwnOnly(Loot loot) {
        String token = fresh(loot);
        assertThat(caller.postJson("/auth/refresh", null, json("refresh_token", token))
                        .status())
                .isEqualTo(401);
        assertThat(caller.send("POST", "/auth/logout", json("refresh_token", token), "Content-Type", "application/json")
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource(
            value = Loot.class,
            names = {"LOGIN_REFRESH", "LOGINRADIUS_REFRESH"})
    void theStandardEndpointRefreshesNoGrantOfABuiltInClient(Loot loot) {
        String token = fresh(loot);
        String owner = loot == Loot.LOGIN_REFRESH ? "gatehouse.login" : "gatehouse.loginradius";
        String[] refresh = {"grant_type", "refresh_token", "refresh_token", token};
        assertThat(caller.post("/oauth2/token", Caller.DEMO, refresh).error()).isEqualTo("400 invalid_grant");
        assertThat(babelBird.refresh(token).error()).isEqualTo("400 invalid_grant");
        assertThat(caller.post(
                                "/oauth2/token",
                                null,
                                "grant_type",
                                "refresh_token",
                                "refresh_token",
                                token,
                                "client_id",
                                owner)
                        .error())
                .isEqualTo("400 unauthorized_client");
    }

    /** An access token says of itself what it is, and an app's JWT says it is something else. */
    @Test
    void theyLookDifferentToo() {
        for (Loot loot : List.of(Loot.LOGIN, Loot.BABELBIRD, Loot.LOGINRADIUS, Loot.CLIENT)) {
            assertThat(header(fresh(loot)).getString("typ")).isEqualTo("at+jwt");
        }
        assertThat(header(fresh(Loot.APP_JWT)).getString("typ")).isEqualTo("JWT");
        JsonObject app = BabelBirdCaller.claims(fresh(Loot.APP_JWT));
        JsonObject access = BabelBirdCaller.claims(fresh(Loot.LOGINRADIUS));
        assertThat(app.getString("iss")).isNotEqualTo(access.getString("iss"));
        assertThat(app.getValue("aud")).isNotEqualTo(access.getValue("aud"));
        assertThat(app.fieldNames()).doesNotContain("family", "gid", "scope", "client_id");
    }

    /** A code is a code, whatever it is called. */
    @Test
    void noTokenIsACode() {
        for (Loot loot : Loot.values()) {
            assertThat(babelBird.token(fresh(loot)).error()).as(loot.name()).isEqualTo("400 invalid_grant");
        }
    }

    private static JsonObject header(String jwt) {
        return new JsonObject(new String(java.util.Base64.getUrlDecoder().decode(jwt.split("\\.")[0])));
    }

    private static String app() {
        return query("apikey", LoginRadiusCaller.APIKEY, "jwtapp", LoginRadiusCaller.APP);
    }

    private boolean introspectsAsAccessToken(String token) {
        JsonObject told =
                caller.post("/oauth2/introspect", Caller.DEMO, "token", token).json();
        return told.getBoolean("active") && !"refresh_token".equals(told.getString("token_type"));
    }

    private int me(String token) {
        return caller.get("/auth/me", "Bearer " + token).status();
    }

    private int logOut(String token) {
        return caller.send("POST", "/auth/logout", "", "Authorization", "Bearer " + token)
                .status();
    }
}
