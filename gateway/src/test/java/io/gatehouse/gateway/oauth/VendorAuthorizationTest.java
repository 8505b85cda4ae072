package io.gatehouse.gateway.oauth;

import static io.gatehouse.gateway.oauth.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.model.PkceDemand;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.TokenFamily;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The vendor's own path: the same steps, without PKCE, scope and issuer. */
class VendorAuthorizationTest extends StepCase {
    private static final String[] VENDORS = {
        "scope", "", "state", "", "code_challenge", "", "code_challenge_method", "", "data", "order 7&8"
    };

    private AuthorizationRequest readVendors(String... more) {
        String[] all = new String[VENDORS.length + more.length];
        System.arraycopy(VENDORS, 0, all, 0, VENDORS.length);
        System.arraycopy(more, 0, all, VENDORS.length, more.length);
        return await(service.read("main", TokenFamily.BABELBIRD, request(all)));
    }

    private Map<String, String> toldVendors(String... more) {
        try {
            throw new AssertionError("succeeded with " + readVendors(more));
        } catch (AuthorizationRefusal refusal) {
            return refusal.response().parameters();
        }
    }

    @Test
    void theScopeIsTheClientsAndPkceIsUnknown() {
        register(CodeClient.named("web").pkce(PkceDemand.ALWAYS));
        stores();
        AuthorizationResponse response = answered(next(readVendors()));

        assertThat(response.parameters().keySet()).containsExactly("code", "data");
        assertThat(response.parameters()).containsEntry("data", "order 7&8");
        assertThat(put().family()).isEqualTo(TokenFamily.BABELBIRD);
        assertThat(put().scope()).isEqualTo(Scope.parse("profile email api"));
        assertThat(put().codeChallenge()).isNull();
        assertThat(put().redirectUri()).isEqualTo(CodeClient.REDIRECT_URI);
    }

    @Test
    void stateIsEchoedAsWell() {
        assertThat(TestNode.await(service.deny(readVendors("state", STATE))).parameters())
                .containsEntry("data", "order 7&8")
                .containsEntry("state", STATE)
                .containsEntry("error", "access_denied")
                .doesNotContainKey("iss");
    }

    @Test
    void whatOnlyOpenIdKnowsIsIgnored() {
        AuthorizationRequest request =
                readVendors("request", "x", "prompt", "none", "response_mode", "fragment", "id_token_hint", "x");

        assertThat(request.prompt()).isEmpty();
        assertThat(request.responseMode()).isEqualTo(ResponseMode.QUERY);
        assertThat(request.hintedSubject()).isNull();
    }

    @Test
    void errorsGoBackWithTheEcho() {
        assertThat(toldVendors("response_type", "token"))
                .containsEntry("error", Code.UNSUPPORTED_RESPONSE_TYPE.error())
                .containsEntry("data", "order 7&8")
                .doesNotContainKey("iss");
        assertThat(toldVendors("data", "d".repeat(1025)))
                .containsEntry("error", Code.INVALID_REQUEST.error())
                .doesNotContainKey("data");
    }

    /** Its code would come without a challenge, and nothing else would stand between it and a thief. */
    @Test
    void aPublicClientDoesNotGetAroundPkceHere() {
        register(CodeClient.named("spa").isPublic());

        assertThat(toldVendors()).containsEntry("error", Code.UNAUTHORIZED_CLIENT.error());
    }

    @Test
    void aBadAddressIsToldToThePersonOnly() {
        for (String redirectUri : new String[] {"", "https://evil.example/"}) {
            var reading = service.read(
                    "main", TokenFamily.BABELBIRD, request("redirect_uri", redirectUri, "scope", "", "data", "x"));
            assertThat(((OAuthError.Protocol) TestNode.refusal(reading)).code()).isEqualTo(Code.INVALID_REQUEST);
        }
    }
}
