package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a node has answered outlives it. */
class RestartFlowTest {
    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo()
            // the same after the restart, whatever the port: tokens name it
            .with("issuer", "http://127.0.0.1:18080");

    @Test
    void sessionsTokensAndRefusalsOutliveARestart() {
        Caller before = NODE.caller();
        BabelBirdCaller codes = new BabelBirdCaller(before);
        Answer kept = before.logIn();
        Answer rotated = refresh(before, before.logIn().text("refresh_token"));
        String ended = before.post("/auth/login", null, "username", "admin", "password", "admin-demo-password")
                .text("access_token");
        assertThat(before.send("POST", "/auth/logout", "", "Authorization", "Bearer " + ended)
                        .status())
                .isLessThan(300);
        assertThat(me(before, ended)).isEqualTo(401);
        String spent = codes.code();
        Answer given = codes.token(spent);
        String code = codes.code();
        String session = new LoginRadiusCaller(before, LoginRadiusCaller.APIKEY).accessToken();

        NODE.stop();
        NODE.start();

        Caller after = NODE.caller();
        BabelBirdCaller again = new BabelBirdCaller(after);
        LoginRadiusCaller sessions = new LoginRadiusCaller(after, LoginRadiusCaller.APIKEY);
        assertThat(me(after, kept.text("access_token"))).isEqualTo(200);
        assertThat(refresh(after, kept.text("refresh_token")).status()).isEqualTo(200);
        assertThat(refresh(after, rotated.text("refresh_token")).status()).isEqualTo(200);
        assertThat(me(after, ended)).isEqualTo(401);
        assertThat(again.token(code).status()).as("a code not yet presented").isEqualTo(200);
        assertThat(again.isActive(given.text("access_token"))).isTrue();
        BabelBirdCaller.assertError(again.token(spent), 400, "invalid_grant", 40003);
        assertThat(again.isActive(given.text("access_token"))).isFalse();
        assertThat(sessions.validate(session).status()).isEqualTo(200);
    }

    private static Answer refresh(Caller caller, String refreshToken) {
        return caller.postJson("/auth/refresh", null, "{\"refresh_token\":\"" + refreshToken + "\"}");
    }

    private static int me(Caller caller, String accessToken) {
        return caller.get("/auth/me", "Bearer " + accessToken).status();
    }
}
