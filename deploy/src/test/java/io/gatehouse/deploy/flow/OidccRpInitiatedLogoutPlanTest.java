package io.gatehouse.deploy.flow;

import static io.gatehouse.deploy.flow.LogoutCaller.left;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Mirrors the modules of oidcc-rp-initiated-logout-certification-test-plan. */
class OidccRpInitiatedLogoutPlanTest {
    private static final String URI = "post_logout_redirect_uri";
    private static final String HINT = "id_token_hint";

    @RegisterExtension
    static final RunningNode NODE = PlanServer.node();

    @Test
    @DisplayName("oidcc-rp-initiated-logout-discovery-endpoint-verification")
    void oidccRpInitiatedLogoutDiscoveryEndpointVerification() {
        JsonObject metadata =
                NODE.caller().get("/.well-known/openid-configuration", null).json();
        assertThat(metadata.getString("end_session_endpoint"))
                .isEqualTo(NODE.caller().base() + "/oauth2/logout");
    }

    @Test
    @DisplayName("oidcc-rp-initiated-logout")
    void oidccRpInitiatedLogout() {
        LogoutCaller caller = new LogoutCaller(NODE);
        assertThat(caller.isLoggedIn()).isTrue();
        Page page = caller.logOut(HINT, caller.tokens().compact(), URI, PlanServer.LOGGED_OUT_URI, "state", "a&b=c d");
        assertThat(left(page))
                .hasToString(PlanServer.LOGGED_OUT_URI + "?" + left(page).getRawQuery());
        assertThat(page.answer()).containsOnlyKeys("state").containsEntry("state", "a&b=c d");
        assertThat(caller.isLoggedIn()).isFalse();
    }

    @Test
    @DisplayName("oidcc-rp-initiated-logout-bad-post-logout-redirect-uri")
    void oidccRpInitiatedLogoutBadPostLogoutRedirectUri() {
        LogoutCaller caller = new LogoutCaller(NODE);
        assertIsRefused(
                caller,
                caller.logOut(HINT, caller.tokens().compact(), URI, PlanServer.LOGGED_OUT_URI + "/bad", "state", "s"));
    }

    @Test
    @DisplayName("oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri")
    void oidccRpInitiatedLogoutQueryAddedToPostLogoutRedirectUri() {
        LogoutCaller caller = new LogoutCaller(NODE);
        assertIsRefused(
                caller,
                caller.logOut(
                        HINT, caller.tokens().compact(), URI, PlanServer.LOGGED_OUT_URI + "?foo=bar", "state", "s"));
    }

    /** Signed by the client. */
    @Test
    @DisplayName("oidcc-rp-initiated-logout-bad-id-token-hint")
    void oidccRpInitiatedLogoutBadIdTokenHint() throws JOSEException, ParseException {
        LogoutCaller caller = new LogoutCaller(NODE);
        SignedJWT real = SignedJWT.parse(caller.tokens().compact());
        RSAKey own = new RSAKeyGenerator(2048).generate();
        SignedJWT forged = new SignedJWT(
                new JWSHeader.Builder(real.getHeader()).build(),
                JWTClaimsSet.parse(real.getPayload().toString()));
        forged.sign(new RSASSASigner(own));
        assertIsRefused(caller, caller.logOut(HINT, forged.serialize(), URI, PlanServer.LOGGED_OUT_URI, "state", "s"));
    }

    /** The claims are others than those that were signed. */
    @Test
    @DisplayName("oidcc-rp-initiated-logout-modified-id-token-hint")
    void oidccRpInitiatedLogoutModifiedIdTokenHint() {
        LogoutCaller caller = new LogoutCaller(NODE);
        String[] parts = caller.tokens().compact().split("\\.");
        String claims = caller.tokens()
                .idToken()
                .claims()
                .copy()
                .put("sub", "somebody else")
                .encode();
        parts[1] = Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        assertIsRefused(
                caller, caller.logOut(HINT, String.join(".", parts), URI, PlanServer.LOGGED_OUT_URI, "state", "s"));
    }

    /** Nobody knows whose redirect URI it is. */
    @Test
    @DisplayName("oidcc-rp-initiated-logout-no-id-token-hint")
    void oidccRpInitiatedLogoutNoIdTokenHint() {
        LogoutCaller caller = new LogoutCaller(NODE);
        assertIsRefused(caller, caller.logOut(URI, PlanServer.LOGGED_OUT_URI, "state", "s"));
    }

    @Test
    @DisplayName("oidcc-rp-initiated-logout-no-params")
    void oidccRpInitiatedLogoutNoParams() {
        LogoutCaller caller = new LogoutCaller(NODE);
        assertIsAsked(caller, caller.logOut());
    }

    @Test
    @DisplayName("oidcc-rp-initiated-logout-only-state")
    void oidccRpInitiatedLogoutOnlyState() {
        LogoutCaller caller = new LogoutCaller(NODE);
        assertIsAsked(caller, caller.logOut("state", "s"));
    }

    @Test
    @DisplayName("oidcc-rp-initiated-logout-no-post-logout-redirect-uri")
    void oidccRpInitiatedLogoutNoPostLogoutRedirectUri() {
        LogoutCaller caller = new LogoutCaller(NODE);
        assertSaysLoggedOut(caller.logOut(HINT, caller.tokens().compact(), "state", "s"));
        assertThat(caller.isLoggedIn()).isFalse();
    }

    @Test
    @DisplayName("oidcc-rp-initiated-logout-no-state")
    void oidccRpInitiatedLogoutNoState() {
        LogoutCaller caller = new LogoutCaller(NODE);
        Page page = caller.logOut(HINT, caller.tokens().compact(), URI, PlanServer.LOGGED_OUT_URI);
        assertThat(left(page)).hasToString(PlanServer.LOGGED_OUT_URI);
        assertThat(caller.isLoggedIn()).isFalse();
    }

    /** An error of our own page's, and nothing else happens. */
    private static void assertIsRefused(LogoutCaller caller, Page page) {
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.headers().firstValue("Location")).isEmpty();
        assertThat(page.hasForm()).isFalse();
        assertThat(caller.isLoggedIn()).isTrue();
    }

    /** Any site could have sent them here: the person says whether. */
    private static void assertIsAsked(LogoutCaller caller, Page page) {
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.hasForm()).isTrue();
        assertThat(caller.isLoggedIn()).isTrue();
        assertSaysLoggedOut(caller.person().submit(page));
        assertThat(caller.isLoggedIn()).isFalse();
    }

    private static void assertSaysLoggedOut(Page page) {
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.uri().getPath()).isEqualTo("/oauth2/logout");
        assertThat(page.hasForm()).isFalse();
        assertThat(page.body()).contains("role=\"status\"");
    }
}
