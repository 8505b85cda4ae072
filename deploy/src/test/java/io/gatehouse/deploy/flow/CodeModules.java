package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.store.CodeRules;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Modules of the basic plan about codes and refresh tokens. */
interface CodeModules extends BasicModules {
    @Test
    @DisplayName("oidcc-codereuse")
    default void oidccCodereuse() {
        Map<String, String> request = client().request();
        String code = client().authorize(somebody(), request).get("code");
        client().tokens(client().redeem(code), request.get("nonce"));
        assertThat(client().redeem(code).error()).isEqualTo("400 invalid_grant");
    }

    /**
     * The module waits. Nothing here does: a spent code is known for the rest of its life and a tombstone's time more, and no
     * rule within that looks at the clock. What half a minute brings besides is that the client has refreshed.
     */
    @Test
    @DisplayName("oidcc-codereuse-30seconds")
    default void oidccCodereuse30seconds() {
        assertThat(CodeRules.TOMBSTONE).isGreaterThan(Duration.ofSeconds(30));
        Map<String, String> request = client().request("scope", "openid offline_access", "prompt", "consent");
        String code = client().authorize(somebody(), request).get("code");
        Tokens first = client().tokens(client().redeem(code), request.get("nonce"));
        Answer refreshed = client().refresh(first.refreshToken());
        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(client().userinfo(first.accessToken()).status()).isEqualTo(200);
        assertThat(client().redeem(code).error()).isEqualTo("400 invalid_grant");
        assertThat(client().userinfo(first.accessToken()).status()).isEqualTo(401);
        assertThat(client().userinfo(refreshed.text("access_token")).status()).isEqualTo(401);
        assertThat(client().refresh(refreshed.text("refresh_token")).error()).isEqualTo("400 invalid_grant");
    }

    @Test
    @DisplayName("oidcc-refresh-token")
    default void oidccRefreshToken() {
        Tokens first = client().logIn(somebody(), "scope", "openid offline_access", "prompt", "consent");
        Answer answer = client().refresh(first.refreshToken());
        // OpenID Connect Core, section 12.2: whose and when it was does not change, the nonce may be left out
        Tokens second = client().tokens(answer, answer.status() == 200 ? nonce(answer) : null);
        assertThat(second.accessToken()).isNotEqualTo(first.accessToken());
        assertThat(second.subject()).isEqualTo(first.subject());
        assertThat(second.authTime()).isEqualTo(first.authTime());
        assertThat(second.idToken().claims().getLong("iat"))
                .isGreaterThanOrEqualTo(first.idToken().claims().getLong("iat"));
        assertThat(client().userinfo(second.accessToken()).status()).isEqualTo(200);
        assertThat(client().second().refresh(second.refreshToken()).error()).isEqualTo("400 invalid_grant");
    }

    private String nonce(Answer answer) {
        String jwks = client().caller().get("/oauth2/jwks", null).body();
        return AppJwt.byJwks(answer.text("id_token"), jwks).claims().getString("nonce");
    }
}
