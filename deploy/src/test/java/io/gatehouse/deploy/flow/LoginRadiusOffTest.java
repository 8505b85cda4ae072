package io.gatehouse.deploy.flow;

import static io.gatehouse.deploy.flow.LoginRadiusCaller.APIKEY;
import static io.gatehouse.deploy.flow.LoginRadiusCaller.query;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The family switched off. */
class LoginRadiusOffTest {
    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo().with("tokens.families.loginradius.enabled", "false");

    @ParameterizedTest
    @CsvSource({
        "GET, /sso/jwt/api/token",
        "POST, /sso/jwt/api/login",
        "GET, /api/jwt/dev-dummy-app/token",
        "POST, /api/jwt/dev-dummy-app/login",
        "POST, /identity/v2/auth/login",
        "GET, /identity/v2/auth/access_token/validate",
        "GET, /identity/v2/auth/access_token/invalidate"
    })
    void itsPathsAreNotThere(String method, String path) {
        Answer answer = NODE.caller()
                .send(
                        method,
                        path + query("apikey", APIKEY, "jwtapp", LoginRadiusCaller.APP),
                        method.equals("POST") ? LoginRadiusCaller.ada() : "");
        assertThat(answer.status()).isEqualTo(404);
    }

    /** JWTs that are out are still checked. */
    @Test
    void theOthersAreAndTheKeysOfApps() {
        assertThat(NODE.caller().logIn().status()).isEqualTo(200);
        assertThat(NODE.caller().get("/jwt/dev-dummy-app/jwks", null).status()).isEqualTo(200);
    }
}
