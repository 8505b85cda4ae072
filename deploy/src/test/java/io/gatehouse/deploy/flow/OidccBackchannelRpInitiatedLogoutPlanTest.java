package io.gatehouse.deploy.flow;

import static io.gatehouse.deploy.flow.LogoutCaller.left;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.deploy.flow.LogoutReceiver.Received;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Mirrors the modules of oidcc-backchannel-rp-initiated-logout-certification-test-plan. */
class OidccBackchannelRpInitiatedLogoutPlanTest {
    private static final LogoutReceiver RECEIVER = new LogoutReceiver();

    @RegisterExtension
    static final RunningNode NODE =
            PlanServer.node("""
                    backchannel_logout_uri: %s
                    backchannel_logout_session_required: true
                    """.formatted(RECEIVER.uri())).with("http_client.allow", "127.0.0.0/8");

    @Test
    @DisplayName("oidcc-backchannel-logout-discovery-endpoint-verification")
    void oidccBackchannelLogoutDiscoveryEndpointVerification() {
        JsonObject metadata =
                NODE.caller().get("/.well-known/openid-configuration", null).json();
        assertThat(metadata.getBoolean("backchannel_logout_supported")).isTrue();
        assertThat(metadata.getBoolean("backchannel_logout_session_supported")).isTrue();
        assertThat(metadata.getString("end_session_endpoint")).isNotEmpty();
    }

    @Test
    @DisplayName("oidcc-backchannel-rp-initiated-logout")
    void oidccBackchannelRpInitiatedLogout() throws InterruptedException {
        LogoutCaller caller = new LogoutCaller(NODE);
        String hint = caller.tokens().compact();
        assertThat(RECEIVER.isQuiet()).isTrue();
        Page page = caller.logOut("id_token_hint", hint, "post_logout_redirect_uri", PlanServer.LOGGED_OUT_URI);
        assertThat(left(page)).hasToString(PlanServer.LOGGED_OUT_URI);
        Received received = RECEIVER.next();
        assertThat(received.method()).isEqualTo("POST");
        assertThat(received.contentType()).startsWith("application/x-www-form-urlencoded");
        assertThat(received.body()).startsWith("logout_token=").doesNotContain("&");
        String token = received.body().substring("logout_token=".length());
        check(AppJwt.byJwks(token, NODE.caller().get("/oauth2/jwks", null).body()), caller.tokens());
        assertThat(caller.isLoggedIn()).isFalse();
    }

    /** OpenID Connect Back-Channel Logout, sections 2.4 and 2.6. */
    private static void check(AppJwt token, Tokens tokens) {
        JsonObject claims = token.claims();
        JsonObject idToken = tokens.idToken().claims();
        long now = Instant.now().getEpochSecond();
        assertThat(token.header().getString("alg")).isEqualTo("RS256");
        assertThat(token.header().getString("typ")).isEqualTo("logout+jwt");
        for (String name : new String[] {"iss", "aud", "sub", "sid"}) {
            assertThat(claims.getString(name)).as(name).isNotNull().isEqualTo(idToken.getString(name));
        }
        assertThat(claims.getLong("iat")).isLessThanOrEqualTo(now);
        assertThat(claims.getLong("exp")).isGreaterThan(claims.getLong("iat"));
        assertThat(claims.getString("jti")).isNotEmpty();
        assertThat(claims.getJsonObject("events"))
                .isEqualTo(
                        new JsonObject().put("http://schemas.openid.net/event/backchannel-logout", new JsonObject()));
        assertThat(claims.containsKey("nonce")).isFalse();
    }
}
