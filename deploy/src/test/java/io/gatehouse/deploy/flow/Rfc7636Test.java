package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 7636 demands of an authorization server. */
class Rfc7636Test {
    /** Appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo();

    private final Caller caller = NODE.caller();
    private final CodeFlow spa = new CodeFlow(caller, "demo-spa", null);
    private final CodeFlow demo = CodeFlow.demo(caller);
    private final Person person = new Person(caller.base());

    private Map<String, String> refusal(String... parameters) {
        return person.open(spa.request("openid", parameters)).answer();
    }

    @Test
    @DisplayName("RFC 7636, 4.2: S256 must be supported: BASE64URL(SHA256(ASCII(code_verifier)))")
    void theExampleOfTheStandardWorks() {
        String code = spa.code(person, "openid", "code_challenge", CHALLENGE);
        assertThat(spa.redeemBy(code, VERIFIER).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c",
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=",
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM"
            })
    @DisplayName("RFC 7636, 4.2: a challenge is 32 bytes in base64url without padding")
    void aChallengeHasOneForm(String challenge) {
        assertThat(refusal("code_challenge", challenge)).containsEntry("error", "invalid_request");
    }

    @Test
    @DisplayName("RFC 7636, 4.4.1: where PKCE is demanded its absence is invalid_request, with a description")
    void absenceIsToldSo() {
        assertThat(refusal("code_challenge", null, "code_challenge_method", null))
                .containsEntry("error", "invalid_request")
                .containsKey("error_description");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "S512", "s256", ""})
    @DisplayName(
            "RFC 7636, 4.4.1: a method that is not supported is invalid_request; plain is not, nor is it the default")
    void otherMethodsAreRefused(String method) {
        assertThat(refusal("code_challenge_method", method)).containsEntry("error", "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(ints = {42, 129})
    @DisplayName("RFC 7636, 4.1: a verifier has 43 to 128 characters")
    void aVerifierHasALength(int length) {
        String verifier = "v".repeat(length);
        String code = spa.code(person, "openid", "code_challenge", CodeFlow.challenge(verifier));
        assertThat(spa.redeemBy(code, verifier).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(ints = {43, 128})
    @DisplayName("RFC 7636, 4.1: a verifier may have 43 and 128 characters, of [A-Z] [a-z] [0-9] - . _ ~")
    void aVerifierMayBeShortAndLong(int length) {
        String verifier = "A-z0.9_~".repeat(16).substring(0, length);
        String code = spa.code(person, "openid", "code_challenge", CodeFlow.challenge(verifier));
        assertThat(spa.redeemBy(code, verifier).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(chars = {'+', '/', '=', ' ', '\u00e4'})
    @DisplayName("RFC 7636, 4.1: a verifier has no other characters")
    void aVerifierIsOfItsAlphabet(char other) {
        String verifier = "v".repeat(50) + other;
        String code = spa.code(person, "openid", "code_challenge", CodeFlow.challenge("v".repeat(50)));
        assertThat(spa.redeemBy(code, verifier).status()).isEqualTo(400);
    }

    @Test
    @DisplayName("RFC 7636, 4.6: a verifier that does not fit is invalid_grant, and none is no way round")
    void theVerifierMustFit() {
        assertThat(spa.redeemBy(spa.code(person, "openid"), VERIFIER).error()).isEqualTo("400 invalid_grant");
        assertThat(spa.redeemBy(spa.code(person, "openid"), null).status()).isEqualTo(400);
    }

    @Test
    @DisplayName("RFC 7636, 4.4: the challenge belongs to the code: that of another login does not open it")
    void theChallengeBelongsToTheCode() {
        String first = demo.code(person, "openid", "code_challenge", CHALLENGE);
        assertThat(demo.redeem(first).error()).isEqualTo("400 invalid_grant");
    }

    @Test
    @DisplayName("RFC 7636, 6.2: the metadata says S256 and nothing else")
    void theMetadataSaysSo() {
        assertThat(caller.get("/.well-known/oauth-authorization-server", null)
                        .json()
                        .getJsonArray("code_challenge_methods_supported"))
                .containsExactly("S256");
    }
}
