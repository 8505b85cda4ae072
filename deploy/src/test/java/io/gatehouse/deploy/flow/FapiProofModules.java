package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Modules about DPoP proofs and the codes that are bound by them. */
interface FapiProofModules extends FapiModules {
    @Test
    @DisplayName("fapi2-security-profile-final-access-token-type-header-case-sensitivity")
    default void schemeInAnotherCase() {
        String token = tokens().text("access_token");
        for (String scheme : List.of("dpop", "DPOP")) {
            assertThat(first().caller()
                            .send(
                                    "GET",
                                    "/oauth2/userinfo",
                                    "",
                                    "Authorization",
                                    scheme + " " + token,
                                    "DPoP",
                                    first().proofWith(token).signed(first().proofKey()))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    @DisplayName("fapi2-security-profile-final-check-dpop-proof-nbf-exp")
    default void proofWithNbfAndExp() {
        long now = Instant.now().getEpochSecond();
        String code = first().code(somebody());
        Answer tokens =
                redeem(code, first().proof("/oauth2/token").with("nbf", now).with("exp", now + 60));
        String token = tokens.text("access_token");
        assertThat(first().userinfo(
                                token, first().proofWith(token).with("nbf", now).with("exp", now + 60))
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-dpopproof-with-iat-10seconds-before-succeeds")
    default void proofOfTenSecondsAgo() {
        proofsAt(-10);
    }

    /** A tick less than ten: the clock of the test and the server's are one, but go on between. */
    @Test
    @DisplayName("fapi2-security-profile-final-ensure-dpopproof-with-iat-10seconds-after-succeeds")
    default void proofOfTenSecondsAhead() {
        proofsAt(10);
    }

    private void proofsAt(long seconds) {
        Answer pushed = first().push(first().request(), first().assertion(), at(first().proof("/oauth2/par"), seconds));
        Person person = somebody();
        String code = first().answer(person.goOn(first().open(person, FapiParty.requestUri(pushed))))
                .get("code");
        Answer tokens = redeem(code, at(first().proof("/oauth2/token"), seconds));
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        String token = tokens.text("access_token");
        assertThat(first().userinfo(token, at(first().proofWith(token), seconds))
                        .status())
                .isEqualTo(200);
    }

    private static Assertion at(Assertion proof, long seconds) {
        return proof.with("iat", Instant.now().getEpochSecond() + seconds);
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-mismatched-dpop-jkt-fails")
    default void anotherKeyThanDpopJkt() {
        Map<String, String> request = first().request("dpop_jkt", second().thumbprint());
        assertThat(first().push(request, first().assertion(), first().proof("/oauth2/par"))
                        .error())
                .isEqualTo("400 invalid_dpop_proof");
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-token-endpoint-fails-with-mismatched-dpop-proof-jkt")
    default void anotherKeyThanThePushedProofs() {
        String code = bound(first().request(), second().proof("/oauth2/par"), second());
        assertThat(first().redeem(code).error()).isEqualTo("400 invalid_grant");
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-token-endpoint-fails-with-mismatched-dpop-jkt")
    default void anotherKeyThanTheRequests() {
        String code = first().code(somebody(), "dpop_jkt", second().thumbprint());
        assertThat(first().redeem(code).error()).isEqualTo("400 invalid_grant");
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-dpopproof-at-par-endpoint-binding-success")
    default void theKeyOfThePushedProof() {
        String code = bound(first().request(), first().proof("/oauth2/par"), first());
        assertThat(first().redeem(code).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("fapi2-security-profile-final-ensure-dpop-auth-code-binding-success")
    default void theKeyOfTheRequest() {
        Map<String, String> request = first().request("dpop_jkt", first().thumbprint());
        String code = bound(request, first().proof("/oauth2/par"), first());
        assertThat(first().redeem(code).status()).isEqualTo(200);
    }

    /** @param prover whose key signs the proof */
    private String bound(Map<String, String> request, Assertion proof, FapiParty prover) {
        FapiParty pushing = new FapiParty(first().caller(), "one", first().key(), prover.proofKey(), first().signs());
        Person person = somebody();
        Answer pushed = pushing.push(request, first().assertion(), proof);
        return first().answer(person.goOn(first().open(person, FapiParty.requestUri(pushed))))
                .get("code");
    }

    @Test
    @DisplayName("fapi2-security-profile-final-dpop-negative-tests")
    default void wrongProofs() {
        String token = tokens().text("access_token");
        long now = Instant.now().getEpochSecond();
        Assertion right = first().proofWith(token);
        for (Assertion wrong : List.of(
                right.with("htm", "POST"),
                right.with("htm", null),
                right.with("htu", first().issuer() + "/oauth2/other"),
                right.with("htu", null),
                right.with("iat", now - 600),
                right.with("iat", now + 600),
                right.with("iat", null),
                right.with("jti", null),
                right.with("ath", CodeFlow.challenge("another")),
                right.with("ath", null),
                right.header("typ", "JWT"),
                right.header("jwk", Assertion.jwk(second().proofKey(), null)))) {
            assertThat(first().userinfo(token, wrong).status())
                    .as(wrong.input())
                    .isEqualTo(401);
        }
        String unsigned = right.header("alg", "none").input() + ".";
        assertThat(first().caller()
                        .send("GET", "/oauth2/userinfo", "", "Authorization", "DPoP " + token, "DPoP", unsigned)
                        .status())
                .isEqualTo(401);
        assertThat(second().userinfo(token, second().proofWith(token)).status()).isEqualTo(401);
        assertThat(first().caller().get("/oauth2/userinfo", "Bearer " + token).status())
                .isEqualTo(401);
        assertThat(first().userinfo(token, right).status()).isEqualTo(200);
        assertThat(first().userinfo(token, right).status())
                .as("used before, by another signature")
                .isEqualTo(401);
    }

    /** No module: FAPI 2.0 Security Profile, section 5.4.1. */
    @Test
    @DisplayName("a proof by RS256 is refused before it is verified")
    default void proofByRs256() {
        FapiParty rsa = new FapiParty(first().caller(), "one", first().key(), FapiServer.RSA, first().signs());
        String code = first().code(somebody());
        Assertion proof = rsa.proof("/oauth2/token").header("alg", "RS256");
        assertThat(rsa.redeem(code, rsa.assertion().signed(rsa.key()), proof).error())
                .isEqualTo("400 invalid_dpop_proof");
        Assertion ps256 = rsa.proof("/oauth2/token").header("alg", "PS256");
        assertThat(rsa.redeem(code, rsa.assertion().signed(rsa.key()), ps256).status())
                .isEqualTo(200);
    }

    private Answer redeem(String code, Assertion proof) {
        return first().redeem(code, first().assertion().signed(first().key()), proof);
    }
}
