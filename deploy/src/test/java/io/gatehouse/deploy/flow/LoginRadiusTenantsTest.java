package io.gatehouse.deploy.flow;

import static io.gatehouse.deploy.flow.LoginRadiusCaller.LOGIN;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.TOKEN;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.assertError;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.json;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.jwt;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The apikey names the tenant, and nothing of one tenant counts in another. */
class LoginRadiusTenantsTest {
    private static final String MAIN_KEY = "3a7c1f8e-6d10-4b0b-8f5e-0a5f7f6f9d21";
    private static final String OTHER_KEY = "5b8d2e9f-7e21-4c1c-9a6f-1b6f8e7d0e32";
    private static final String MAIN_SECRET = "shop-of-main-0123456789abcdef0123456789";
    private static final String OTHER_SECRET = "shop-of-other-0123456789abcdef0123456789";
    private static final String PASSWORD = "correct horse battery staple";
    private static final String ADA = json("username", "ada", "password", PASSWORD);
    private static final String BOB = json("username", "bob", "password", PASSWORD);

    @RegisterExtension
    static final RunningNode NODE = RunningNode.configured("""
            bootstrap:
              tenants:
                - {id: main, apikey: 3a7c1f8e-6d10-4b0b-8f5e-0a5f7f6f9d21}
                - {id: other, apikey: 5b8d2e9f-7e21-4c1c-9a6f-1b6f8e7d0e32}
              clients:
                - {client_id: web, client_secret: web-of-main-0123456789abcdef0123456789, grant_types: [client_credentials], serves: [default]}
                - {client_id: web, client_secret: web-of-other-0123456789abcdef0123456789, grant_types: [client_credentials], serves: [default], tenant: other}
              users:
                - {username: ada, password: correct horse battery staple}
                - {username: bob, password: correct horse battery staple, tenant: other}
              jwt_apps:
                - {name: shop, secret: shop-of-main-0123456789abcdef0123456789}
                - {name: shop, secret: shop-of-other-0123456789abcdef0123456789, tenant: other}
                - {name: alone, secret: alone-in-other-0123456789abcdef0123456, tenant: other}
            """);

    private final Caller caller = NODE.caller();
    private final LoginRadiusCaller main = new LoginRadiusCaller(caller, MAIN_KEY);
    private final LoginRadiusCaller other = new LoginRadiusCaller(caller, OTHER_KEY);

    @Test
    void theApikeyNamesTheTenantOfUserAppAndIssuer() {
        JsonObject ada =
                AppJwt.bySecret(jwt(main.login("shop", ADA)), MAIN_SECRET).claims();
        assertThat(ada.getString("iss")).isEqualTo(caller.base() + "/jwt/shop/");
        JsonObject bob =
                AppJwt.bySecret(jwt(other.login("shop", BOB)), OTHER_SECRET).claims();
        assertThat(bob.getString("iss")).isEqualTo(caller.base() + "/t/other/jwt/shop/");
        assertError(main.login("shop", BOB), 401, 966);
        assertError(other.login("shop", ADA), 401, 966);
        assertError(main.login("alone", ADA), 401, 1180);
        jwt(other.login("alone", BOB));
    }

    @Test
    void behindATenantsPrefixItsOwnApikeyCounts() {
        jwt(main.post("/t/other" + LOGIN + query("apikey", OTHER_KEY, "jwtapp", "shop"), BOB));
        jwt(main.post("/t/other/api/jwt/alone/login" + query("apikey", OTHER_KEY), BOB));
        assertError(main.post("/t/other" + LOGIN + query("apikey", MAIN_KEY, "jwtapp", "shop"), ADA), 403, 901);
        assertError(caller.get("/t/other" + TOKEN + query("apikey", MAIN_KEY, "jwtapp", "x"), null), 403, 901);
        assertThat(caller.get("/t/other/jwt/shop/jwks", null).status()).isEqualTo(200);
        assertThat(caller.get("/t/other/jwt/alone/jwks", null).status()).isEqualTo(200);
        assertThat(caller.get("/jwt/alone/jwks", null).status()).isEqualTo(404);
        assertThat(caller.get("/t/nobody/jwt/shop/jwks", null).status()).isEqualTo(404);
    }

    @Test
    void anotherTenantsToken905() {
        String ada = main.identity(ADA).text("access_token");
        String bob = other.identity(BOB).text("access_token");
        jwt(main.token("shop", ada));
        jwt(other.token("shop", bob));
        for (Answer refused : new Answer[] {
            main.token("shop", bob),
            other.token("shop", ada),
            other.token("alone", ada),
            main.validate(bob),
            other.validate(ada),
            main.invalidate(bob),
            other.invalidate(ada)
        }) {
            assertError(refused, 403, 905);
        }
        jwt(main.token("shop", ada));
        jwt(other.token("shop", bob));
    }

    /** The same path, the same client id, the same family: the tenant alone tells them apart. */
    @Test
    void noOtherFamilyTakesAnotherTenantsTokenEither() {
        String ada = logIn("", "ada").text("access_token");
        Answer bob = logIn("/t/other", "bob");
        assertThat(me("", ada)).isEqualTo(200);
        assertThat(me("/t/other", bob.text("access_token"))).isEqualTo(200);
        assertThat(me("/t/other", ada)).isEqualTo(401);
        assertThat(me("", bob.text("access_token"))).isEqualTo(401);
        assertThat(caller.send("POST", "/auth/logout", "", "Authorization", "Bearer " + bob.text("access_token"))
                        .status())
                .isEqualTo(401);
        assertThat(caller.postJson("/auth/refresh", null, json("refresh_token", bob.text("refresh_token")))
                        .status())
                .isEqualTo(401);
        assertThat(me("/t/other", bob.text("access_token"))).isEqualTo(200);
        assertThat(caller.postJson("/t/other/auth/refresh", null, json("refresh_token", bob.text("refresh_token")))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void noClientLearnsOfAnotherTenantsTokens() {
        String ada = main.identity(ADA).text("access_token");
        String bob = other.identity(BOB).text("access_token");
        String mains = Caller.basic("web", "web-of-main-0123456789abcdef0123456789");
        String others = Caller.basic("web", "web-of-other-0123456789abcdef0123456789");
        assertThat(active("", mains, ada)).isTrue();
        assertThat(active("", mains, bob)).isFalse();
        assertThat(active("/t/other", others, bob)).isTrue();
        assertThat(active("/t/other", others, ada)).isFalse();
        assertThat(caller.post("/oauth2/introspect", others, "token", bob).error())
                .isEqualTo("401 invalid_client");
        caller.post("/oauth2/revoke", null, "token", bob, "client_id", "gatehouse.loginradius");
        assertThat(active("/t/other", others, bob)).isTrue();
    }

    private Answer logIn(String prefix, String username) {
        Answer answer = caller.post(prefix + "/auth/login", null, "username", username, "password", PASSWORD);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private int me(String prefix, String token) {
        return caller.get(prefix + "/auth/me", "Bearer " + token).status();
    }

    private boolean active(String prefix, String authorization, String token) {
        return caller.post(prefix + "/oauth2/introspect", authorization, "token", token)
                .json()
                .getBoolean("active");
    }
}
