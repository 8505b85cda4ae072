package io.gatehouse.gateway.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.model.PkceDemand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PKCE can't be talked down (RFC 7636; RFC 9700, section 2.1.1). */
class PkceTest extends AuthorizationCase {
    private static final String[] WITHOUT = {"code_challenge", "", "code_challenge_method", ""};

    private static String[] without(String... more) {
        String[] all = new String[WITHOUT.length + more.length];
        System.arraycopy(WITHOUT, 0, all, 0, WITHOUT.length);
        System.arraycopy(more, 0, all, WITHOUT.length, more.length);
        return all;
    }

    @Test
    void theChallengeIsKept() {
        assertThat(read().codeChallenge()).isEqualTo(CHALLENGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "", "s256", "S512", "none"})
    void anyOtherMethodIsRefusedOfEverybody(String method) {
        assertTold(Code.INVALID_REQUEST, "code_challenge_method", method);
        assertTold(Code.INVALID_REQUEST, "code_challenge_method", method, "nonce", "n-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "ungMhKqZuJRV4pXdOxKkTzkkfsQ4_DWkhZ4NvZ2r0A",
                "ungMhKqZuJRV4pXdOxKkTzkkfsQ4_DWkhZ4NvZ2r0AEE",
                "ungMhKqZuJRV4pXdOxKkTzkkfsQ4_DWkhZ4NvZ2r0A=",
                "ungMhKqZuJRV4pXdOxKkTzkkfsQ4+DWkhZ4NvZ2r0AE",
                "ungMhKqZuJRV4pXdOxKkTzkkfsQ4_DWkhZ4NvZ2r0AF"
            })
    void whatIsNoDigestIsNoChallenge(String challenge) {
        assertTold(Code.INVALID_REQUEST, "code_challenge", challenge);
    }

    @Test
    void aMethodWithoutChallengeMeansThatSomebodyTookItAway() {
        register(CodeClient.named("web").pkce(PkceDemand.NEVER));

        assertTold(Code.INVALID_REQUEST, "code_challenge", "", "nonce", "n-1");
    }

    @Test
    void aConfidentialClientNeedsItUnlessANonceBindsTheCode() {
        assertTold(Code.INVALID_REQUEST, without());
        assertTold(Code.INVALID_REQUEST, without("scope", "api", "nonce", "n-1"));
        assertTold(Code.INVALID_REQUEST, without("scope", "", "nonce", "n-1"));
        assertThat(read(without("nonce", "n-1")).codeChallenge()).isNull();
    }

    @Test
    void itMayBeRegisteredForGood() {
        register(CodeClient.named("web").pkce(PkceDemand.ALWAYS));

        assertTold(Code.INVALID_REQUEST, without("nonce", "n-1"));
    }

    @Test
    void aConfidentialClientThatCantMayDoWithout() {
        register(CodeClient.named("web").pkce(PkceDemand.NEVER));

        assertThat(read(without("scope", "api")).codeChallenge()).isNull();
        assertThat(read().codeChallenge()).isEqualTo(CHALLENGE);
        assertTold(Code.INVALID_REQUEST, "code_challenge_method", "plain");
    }

    @ParameterizedTest
    @EnumSource(PkceDemand.class)
    void aPublicClientNeedsItWhateverItRegistered(PkceDemand demand) {
        register(CodeClient.named("spa").isPublic().pkce(demand));

        assertTold(Code.INVALID_REQUEST, without("nonce", "n-1"));
    }

    @Test
    void aPublicClientNeedsIt() {
        register(CodeClient.named("spa").isPublic());

        assertTold(Code.INVALID_REQUEST, without("nonce", "n-1"));
        assertThat(read().codeChallenge()).isEqualTo(CHALLENGE);
    }
}
