package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Modules about the token endpoint: codes, assertions, refresh tokens. */
interface FapiTokenModules extends FapiModules {
    @Test
    @DisplayName("fapi2-security-profile-final-ensure-pkce-code-verifier-required")
    default void withoutVerifier() {
        assertThat(redeem(FapiParty.codeGrant(first().code(somebody()), null)).error())
                .isEqualTo("400 invalid_grant");
    }

    @Test
    @DisplayName("fapi2-security-profile-final-incorrect-pkce-code-verifier-rejected")
    default void anotherVerifier() {
        assertThat(redeem(FapiParty.codeGrant(first().code(somebody()), FapiParty.VERIFIER + "x"))
                        .error())
                .isEqualTo("400 invalid_grant");
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-client-id-in-token-endpoint")
    default void anotherClientsName() {
        String code = first().code(somebody());
        Assertion named = first().assertion().with("iss", "two").with("sub", "two");
        assertThat(first().redeem(code, named.signed(first().key()), first().proof("/oauth2/token"))
                        .error())
                .isEqualTo("401 invalid_client");
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-holder-of-key-required")
    default void withoutProof() {
        String code = first().code(somebody());
        assertThat(first().redeem(code, first().assertion().signed(first().key()), null)
                        .error())
                .isEqualTo("400 invalid_dpop_proof");
        assertThat(first().redeem(code).status()).as("the code is untouched").isEqualTo(200);
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-authorization-code-is-bound-to-client")
    default void anotherClientsCode() {
        assertThat(second().redeem(first().code(somebody())).error()).isEqualTo("400 invalid_grant");
    }

    /** The module waits a second, after which no rule differs. */
    @Test
    @DisplayName("fapi2-security-profile-final-attempt-reuse-authorization-code-after-one-second")
    default void codeTwice() {
        String code = first().code(somebody());
        String token = first().redeem(code).text("access_token");
        assertThat(first().redeem(code).error()).isEqualTo("400 invalid_grant");
        assertThat(first().userinfo(token, first().proofWith(token)).status()).isEqualTo(401);
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-signed-client-assertion-with-RS256-fails")
    default void rs256() {
        String code = first().code(somebody());
        Assertion rs256 = Assertion.of("one", first().issuer(), "RS256");
        assertThat(first().redeem(code, rs256.signed(FapiServer.RSA), first().proof("/oauth2/token"))
                        .error())
                .isEqualTo("401 invalid_client");
        Assertion ps256 = Assertion.of("one", first().issuer(), "PS256");
        assertThat(first().redeem(code, ps256.signed(FapiServer.RSA), first().proof("/oauth2/token"))
                        .status())
                .as("of the same key")
                .isEqualTo(200);
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-client-assertion-in-token-endpoint")
    default void withoutAssertion() {
        String code = first().code(somebody());
        assertThat(first().redeem(code, null, first().proof("/oauth2/token")).error())
                .isEqualTo("401 invalid_client");
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-client-assertion-with-exp-is-5-minutes-in-past-fails")
    default void expiredAssertion() {
        refused(first().assertion().with("exp", Instant.now().getEpochSecond() - 300));
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-client-assertion-with-wrong-aud-fails")
    default void assertionForAnother() {
        refused(first().assertion().with("aud", "https://other.example.org"));
        refused(first().assertion().with("aud", first().issuer() + "/oauth2/token"));
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-client-assertion-with-no-sub-fails")
    default void assertionWithoutSub() {
        refused(first().assertion().with("sub", null));
    }

    @Test
    @DisplayName("fapi2-security-profile-final-refresh-token")
    default void refreshToken() {
        Answer tokens = tokens("scope", "openid offline_access", "prompt", "consent");
        String refreshToken = tokens.text("refresh_token");
        Answer refreshed = first().refresh(refreshToken);
        assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
        assertThat(refreshed.text("refresh_token")).as("it does not rotate").isEqualTo(refreshToken);
        assertThat(second().refresh(refreshToken).error()).isEqualTo("400 invalid_grant");
        Map<String, String> grant = Map.of("grant_type", "refresh_token", "refresh_token", refreshToken);
        assertThat(first().token(first().assertion().signed(first().key()), null, RelyingParty.pairs(grant))
                        .error())
                .isEqualTo("400 invalid_dpop_proof");
        assertThat(first().token(null, first().proof("/oauth2/token"), RelyingParty.pairs(grant))
                        .error())
                .isEqualTo("401 invalid_client");
        assertThat(first().refresh(refreshToken).status()).isEqualTo(200);
    }

    private Answer redeem(String[] grant) {
        return first().token(first().assertion().signed(first().key()), first().proof("/oauth2/token"), grant);
    }

    private void refused(Assertion assertion) {
        String code = first().code(somebody());
        assertThat(first().redeem(code, assertion.signed(first().key()), first().proof("/oauth2/token"))
                        .error())
                .isEqualTo("401 invalid_client");
    }
}
