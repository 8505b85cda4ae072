package io.gatehouse.deploy.flow;

import static io.gatehouse.deploy.flow.LoginRadiusCaller.assertError;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.json;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.jwt;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.model.LoginName;
import io.gatehouse.common.model.UserState;
import io.gatehouse.store.Store;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accounts that may not log in: told only to who knows the password, on every path that takes one. */
class AccountStatesTest {
    private static final String APIKEY = "3a7c1f8e-6d10-4b0b-8f5e-0a5f7f6f9d21";
    private static final String PASSWORD = "correct horse battery staple";
    private static final Map<String, UserState> STATES =
            Map.of("pending", UserState.PENDING, "suspended", UserState.SUSPENDED, "blocked", UserState.BLOCKED);

    @RegisterExtension
    static final RunningNode NODE = RunningNode.configured("""
            # Ports change with every start: a token shall not end because its issuer does.
            issuer: http://127.0.0.1
            bootstrap:
              tenants:
                - {id: main, apikey: 3a7c1f8e-6d10-4b0b-8f5e-0a5f7f6f9d21}
              users:
                - {username: ada, password: correct horse battery staple, email: ada@example.org, phone: "+15550101", phone_verified: false}
                - {username: gone, password: correct horse battery staple, disabled: true}
                - {username: pending, password: correct horse battery staple}
                - {username: suspended, password: correct horse battery staple}
                - {username: blocked, password: correct horse battery staple}
                - {username: leaver, password: correct horse battery staple}
              jwt_apps:
                - {name: shop, secret: shop-secret-0123456789abcdef0123456789}
            """);

    @BeforeAll
    static void changeStates() {
        NODE.change(store -> Future.all(STATES.entrySet().stream()
                .map(entry -> set(store, entry.getKey(), entry.getValue()))
                .toList()));
    }

    /** No API of the gateway sets a state. */
    private static Future<?> set(Store store, String username, UserState state) {
        return store.users()
                .named("main", new LoginName(LoginName.Kind.USERNAME, username))
                .compose(user -> store.users().setState("main", user.profile().subject(), state, Instant.now()));
    }

    private LoginRadiusCaller api() {
        return new LoginRadiusCaller(NODE.caller(), APIKEY);
    }

    @ParameterizedTest
    @CsvSource({"blocked, 991", "suspended, 991", "gone, 1130", "pending, 1220"})
    void aStateIsToldAfterTheRightPassword(String username, int code) {
        String right = json("username", username, "password", PASSWORD);
        String wrong = json("username", username, "password", "wrong");
        assertError(api().login("shop", right), 403, code);
        assertError(api().identity(right), 403, code);
        assertError(api().login("shop", wrong), 401, 966);
        assertError(api().identity(wrong), 401, 966);
        assertThat(api().login("shop", wrong).body())
                .isEqualTo(api().login("shop", json("username", "nobody", "password", PASSWORD))
                        .body());
    }

    @Test
    void anEmailThatNobodyVerified970() {
        assertError(api().login("shop", json("email", "ada@example.org", "password", PASSWORD)), 403, 970);
        assertError(api().identity(json("email", "ada@example.org", "password", PASSWORD)), 403, 970);
        assertError(api().login("shop", json("email", "ada@example.org", "password", "wrong")), 401, 966);
    }

    @Test
    void aPhoneThatNobodyVerified1066() {
        assertError(api().login("shop", json("phone", "+15550101", "password", PASSWORD)), 403, 1066);
        assertError(api().identity(json("phone", "+15550101", "password", PASSWORD)), 403, 1066);
        assertError(api().login("shop", json("phone", "+15550101", "password", "wrong")), 401, 966);
    }

    @Test
    void theUsernameNeedsNoVerifying() {
        jwt(api().login("shop", json("username", "ada", "password", PASSWORD)));
    }

    /** /auth/login says it in its own words. */
    @ParameterizedTest
    @CsvSource({
        "pending, Your account is awaiting approval",
        "suspended, Account not active",
        "blocked, Account not active",
        "gone, Account not active"
    })
    void theLoginApiTellsItToo(String username, String detail) {
        Answer right = logIn(username, PASSWORD);
        assertThat(right.status()).isEqualTo(403);
        assertThat(right.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(right.text("detail")).isEqualTo(detail);
        Answer wrong = logIn(username, "wrong");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.body()).isEqualTo(logIn("nobody", "wrong").body());
    }

    /** What was given before ends with the account, a new JWT for it included. */
    @Test
    void whoIsBlockedLosesWhatWasGiven() {
        String token =
                api().identity(json("username", "leaver", "password", PASSWORD)).text("access_token");
        Answer login = logIn("leaver", PASSWORD);
        String other =
                api().identity(json("username", "ada", "password", PASSWORD)).text("access_token");
        jwt(api().token("shop", token));
        NODE.change(store -> set(store, "leaver", UserState.BLOCKED));
        jwt(api().token("shop", other));
        assertError(api().token("shop", token), 403, 905);
        assertError(api().validate(token), 403, 905);
        for (String path : List.of("/auth/me", "/api/auth/me/")) {
            assertThat(NODE.caller()
                            .get(path, "Bearer " + login.text("access_token"))
                            .status())
                    .isEqualTo(401);
        }
        assertThat(NODE.caller()
                        .postJson("/auth/refresh", null, json("refresh_token", login.text("refresh_token")))
                        .status())
                .isEqualTo(401);
    }

    private static Answer logIn(String username, String password) {
        return NODE.caller().post("/auth/login", null, "username", username, "password", password);
    }
}
