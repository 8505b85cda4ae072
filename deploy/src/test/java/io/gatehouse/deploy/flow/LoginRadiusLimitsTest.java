package io.gatehouse.deploy.flow;

import static io.gatehouse.deploy.flow.LoginRadiusCaller.assertError;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.json;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.jwt;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Guessing is bounded on both paths that take a password, together and for accounts that do not exist as well. */
class LoginRadiusLimitsTest {
    @RegisterExtension
    static final RunningNode NODE = new RunningNode()
            .with("limits.login_failures_per_account_and_address", "3/PT15M")
            .with("limits.login_attempts_per_address", "off");

    private final LoginRadiusCaller api = new LoginRadiusCaller(NODE.caller());

    @Test
    void theFourthFailureIs1198WhetherTheAccountExistsOrNot() {
        for (String username : List.of("admin", "nobody")) {
            for (int i = 0; i < 3; i++) {
                String body = json("username", username, "password", "wrong");
                assertError(i == 1 ? api.identity(body) : api.login(body), 401, 966);
            }
            // The right password does not tell itself either.
            for (String password : List.of("wrong", "admin-demo-password")) {
                String body = json("username", username, "password", password);
                for (Answer throttled : List.of(api.login(body), api.identity(body))) {
                    assertError(throttled, 403, 1198);
                    assertThat(Integer.parseInt(throttled.header("Retry-After")))
                            .isPositive();
                }
            }
        }
    }

    @Test
    void aSuccessDoesNotCount() {
        for (int i = 0; i < 6; i++) {
            jwt(api.login(LoginRadiusCaller.ada()));
        }
    }
}
