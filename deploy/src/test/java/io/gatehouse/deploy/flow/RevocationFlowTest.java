package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 7009 and RFC 7662: who may ask, who may revoke, and that a revoked token is refused at once. */
class RevocationFlowTest {
    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo();

    private final Caller caller = NODE.caller();

    @Test
    void aConfidentialClientLearnsWhatATokenIs() {
        String token = caller.logInForDemo().text("access_token");
        Answer answer = introspect(Caller.DEMO, token);
        assertThat(answer.json().getBoolean("active")).isTrue();
        assertThat(answer.text("client_id")).isEqualTo("demo");
        assertThat(answer.text("scope")).isEqualTo("api openid");
        assertThat(answer.text("iss")).isEqualTo(caller.base().toString());
        assertThat(answer.text("family")).isEqualTo("login");
        assertThat(answer.json().getJsonArray("roles")).containsExactly("editor");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void aTokenForTheDefaultAudienceIsTheBusinessOfWhoServesIt() {
        String token = caller.logIn().text("access_token");
        assertThat(introspect(Caller.DEMO, token).json().getBoolean("active")).isTrue();
    }

    @Test
    void aPublicClientAndAStrangerLearnNothing() {
        String token = caller.logInForDemo().text("access_token");
        Answer open = caller.post("/oauth2/introspect", null, "token", token, "client_id", "demo-spa");
        assertThat(open.body()).isEqualTo("{\"active\":false}");
        assertThat(caller.post("/oauth2/introspect", null, "token", token).error())
                .isEqualTo("401 invalid_client");
    }

    @Test
    void whatIsNoTokenIsNotActive() {
        for (String token : new String[] {"x", "a.b.c", "A".repeat(86), "x".repeat(20_000)}) {
            assertThat(introspect(Caller.DEMO, token).body()).isEqualTo("{\"active\":false}");
        }
        assertThat(caller.post("/oauth2/introspect", Caller.DEMO).error()).isEqualTo("400 invalid_request");
    }

    @Test
    void aRefreshTokenIsItsOwnClientsBusiness() {
        String token = caller.logInForDemo().text("refresh_token");
        Answer answer = introspect(Caller.DEMO, token);
        assertThat(answer.json().getBoolean("active")).isTrue();
        assertThat(answer.text("token_type")).isEqualTo("refresh_token");
        String foreign = caller.logIn().text("refresh_token");
        assertThat(introspect(Caller.DEMO, foreign).json().getBoolean("active")).isFalse();
    }

    @Test
    void aRevokedAccessTokenIsRefusedAtOnceAndItsGrantLives() {
        Answer login = caller.logInForDemo();
        String token = login.text("access_token");
        assertThat(caller.get("/auth/me", "Bearer " + token).status()).isEqualTo(200);
        assertThat(revoke(Caller.DEMO, token).status()).isEqualTo(200);
        assertThat(introspect(Caller.DEMO, token).json().getBoolean("active")).isFalse();
        assertThat(caller.get("/auth/me", "Bearer " + token).status()).isEqualTo(401);
        Answer refreshed = caller.post(
                "/oauth2/token",
                Caller.DEMO,
                "grant_type",
                "refresh_token",
                "refresh_token",
                login.text("refresh_token"));
        assertThat(refreshed.status()).isEqualTo(200);
    }

    @Test
    void aRevokedRefreshTokenTakesItsAccessTokensAlong() {
        Answer login = caller.logInForDemo();
        assertThat(revoke(Caller.DEMO, login.text("refresh_token")).status()).isEqualTo(200);
        assertThat(introspect(Caller.DEMO, login.text("access_token")).json().getBoolean("active"))
                .isFalse();
        assertThat(caller.get("/auth/me", "Bearer " + login.text("access_token"))
                        .status())
                .isEqualTo(401);
        assertThat(revoke(Caller.DEMO, login.text("refresh_token")).status()).isEqualTo(200);
    }

    @Test
    void aForeignTokenIsNotRevoked() {
        Answer login = caller.logIn();
        assertThat(revoke(Caller.DEMO, login.text("access_token")).error()).isEqualTo("400 unauthorized_client");
        assertThat(revoke(Caller.DEMO, login.text("refresh_token")).error()).isEqualTo("400 unauthorized_client");
        assertThat(caller.get("/auth/me", "Bearer " + login.text("access_token"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void thePublicClientOfTheLoginPathsRevokesItsOwn() {
        Answer login = caller.logIn();
        Answer revoked = caller.post(
                "/oauth2/revoke", null, "token", login.text("access_token"), "client_id", "gatehouse.login");
        assertThat(revoked.status()).isEqualTo(200);
        assertThat(caller.get("/auth/me", "Bearer " + login.text("access_token"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void anUnknownTokenIsASuccessAndAStrangerIsNot() {
        assertThat(revoke(Caller.DEMO, "x").status()).isEqualTo(200);
        assertThat(revoke(Caller.DEMO, "A".repeat(86)).status()).isEqualTo(200);
        assertThat(revoke(null, "x").error()).isEqualTo("401 invalid_client");
        assertThat(caller.post("/oauth2/revoke", Caller.DEMO).error()).isEqualTo("400 invalid_request");
    }

    private Answer introspect(String authorization, String token) {
        return caller.post("/oauth2/introspect", authorization, "token", token);
    }

    private Answer revoke(String authorization, String token) {
        return caller.post("/oauth2/revoke", authorization, "token", token);
    }
}
