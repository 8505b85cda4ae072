package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Security lesson 5: nobody in the middle can take PKCE away, nor put it where it was not (RFC 9700, section 2.1.1). */
class PkceDowngradeTest {
    private static final String STRANGE = "verifier-of-somebody-else-0123456789abcdefghij";

    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo();

    private final Caller caller = NODE.caller();
    private final CodeFlow demo = CodeFlow.demo(caller);
    private final CodeFlow spa = new CodeFlow(caller, "demo-spa", null);
    private final Person person = new Person(caller.base());

    private CodeFlow client(String clientId) {
        return clientId.equals("demo") ? demo : spa;
    }

    private void assertRefused(String request) {
        Page answer = person.goOn(person.open(request));
        assertThat(answer.answer()).containsEntry("error", "invalid_request").doesNotContainKey("code");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "demo-spa"})
    void plainIsRefusedAsIsAMethodLeftOut(String clientId) {
        assertRefused(client(clientId).request("openid", "code_challenge_method", "plain"));
        assertRefused(client(clientId).request("openid", "code_challenge_method", null));
        assertRefused(client(clientId).request("openid", "code_challenge", STRANGE, "code_challenge_method", "plain"));
    }

    @Test
    void aPublicClientCantLeaveTheChallengeOut() {
        assertRefused(spa.request("openid", "code_challenge", null, "code_challenge_method", null));
        assertRefused(spa.request("openid", "code_challenge", null));
    }

    @Test
    void aConfidentialClientCanWithANonceAlone() {
        assertRefused(demo.request("openid", "code_challenge", null, "code_challenge_method", null, "nonce", null));
        assertRefused(demo.request("email", "code_challenge", null, "code_challenge_method", null));
        String code = demo.code(person, "openid", "code_challenge", null, "code_challenge_method", null);
        assertThat(demo.redeemBy(code, null).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "demo-spa"})
    void aChallengeWantsItsVerifier(String clientId) {
        CodeFlow client = client(clientId);
        assertThat(client.redeemBy(client.code(person, "openid"), null).status())
                .isEqualTo(400);
        assertThat(client.redeemBy(client.code(person, "openid"), STRANGE).error())
                .isEqualTo("400 invalid_grant");
        assertThat(client.redeem(client.code(person, "openid")).status()).isEqualTo(200);
    }

    /** Whoever stripped the challenge off on the way is found out by the verifier that the client sends all the same. */
    @Test
    void aVerifierWantsItsChallenge() {
        String stripped = demo.code(person, "openid", "code_challenge", null, "code_challenge_method", null);
        assertThat(demo.redeem(stripped).error()).isEqualTo("400 invalid_grant");
    }
}
