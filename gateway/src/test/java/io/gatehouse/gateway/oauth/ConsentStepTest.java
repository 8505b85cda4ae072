package io.gatehouse.gateway.oauth;

import static io.gatehouse.gateway.oauth.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.message.Codes;
import io.gatehouse.common.message.Codes.Consenting;
import io.gatehouse.common.model.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a user is asked, and what the answer counts for. */
class ConsentStepTest extends StepCase {
    private static final String EMAIL = "{\"userinfo\":{\"email\":{\"essential\":true}}}";

    private List<Consenting> consents() {
        return node.asked(Codes.PutBySession.class).stream()
                .map(Codes.PutBySession::consent)
                .toList();
    }

    private Step allow(AuthorizationRequest request) {
        return await(service.allow(request, SESSION, SID, EPOCH));
    }

    @Test
    void whatIsNotCoveredIsAsked() {
        wantsConsent("openid");
        AuthorizationRequest request = read();
        Step.Consent step = (Step.Consent) next(request);

        assertThat(step.request()).isEqualTo(request);
        assertThat(step.client().clientId()).isEqualTo("web");
        assertThat(step.sid()).isEqualTo(SID);
        assertThat(step.user()).isEqualTo(ADA);
        assertThat(step.remembered()).isEqualTo(Scope.parse("openid"));
        assertThat(step.forgetful()).isFalse();
    }

    @Test
    void whatIsAllowedIsRemembered() {
        stores();
        AuthorizationResponse response = answered(allow(read()));

        assertThat(response.parameters()).containsKeys("code", "state", "iss");
        assertThat(consents()).containsExactly(Consenting.GIVEN);
    }

    @Test
    void theAnswerSaysWhichConsentTheQuestionWasAbout() {
        wantsConsent("openid");
        AuthorizationRequest request = read();
        long asked = ((Step.Consent) next(request)).consentEpoch();
        stores();
        answered(await(service.allow(request, SESSION, SID, asked)));

        assertThat(node.asked(Codes.PutBySession.class))
                .extracting(Codes.PutBySession::consentEpoch)
                .containsExactly(0L, EPOCH);
    }

    @Test
    void whatWasWithdrawnSinceTheQuestionIsAskedAgain() {
        wantsConsent("");

        assertThat(allow(read())).isInstanceOf(Step.Consent.class);
        assertThat(consents()).containsExactly(Consenting.GIVEN);
    }

    @Test
    void whatWasAllowedInAnotherSessionCountsForNothing() {
        wantsConsent("");

        assertThat(await(service.allow(read(), SESSION, "another", EPOCH))).isInstanceOf(Step.Consent.class);
        assertThat(consents()).containsExactly(Consenting.REMEMBERED);
    }

    @Test
    void aSessionThatEndedMeanwhileIsALoginAgain() {
        wantsLogin();

        assertThat(allow(read())).isInstanceOf(Step.LogIn.class);
    }

    @Test
    void promptConsentAsksThoughItWasAllowed() {
        wantsConsent("openid profile");
        AuthorizationRequest request = read("prompt", "consent");

        assertThat(((Step.Consent) next(request)).forgetful()).isFalse();
        stores();
        answered(allow(request));
        assertThat(consents()).containsExactly(Consenting.TO_BE_ASKED, Consenting.GIVEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:9999/callback",
                "http://[::1]:9999/callback",
                "http://localhost:9999/callback",
                "https://localhost/callback",
                "http://app.localhost/callback",
                "http://[0:0:0:0:0:0:0:1]/callback",
                "http://0.0.0.0/callback",
                "com.example.app:/callback",
                "com.example.app://callback"
            })
    void whoSendsAPublicClientsAnswerToTheMachineItselfIsAskedEachTime(String redirectUri) {
        register(CodeClient.named("native").isPublic().redirectUris(redirectUri));
        wantsConsent("openid profile");
        AuthorizationRequest request = read("redirect_uri", redirectUri);

        assertThat(((Step.Consent) next(request)).forgetful()).isTrue();
        assertError(Code.CONSENT_REQUIRED, next(read("redirect_uri", redirectUri, "prompt", "none")));
        stores();
        answered(allow(request));
        assertThat(consents()).containsExactly(Consenting.TO_BE_ASKED, Consenting.TO_BE_ASKED, Consenting.GIVEN_ONCE);
    }

    @Test
    void aPublicClientOnTheWebIsRemembered() {
        register(CodeClient.named("spa").isPublic());
        stores();
        answered(next(read()));
        answered(allow(read()));

        assertThat(consents()).containsExactly(Consenting.REMEMBERED, Consenting.GIVEN);
    }

    @Test
    void aConfidentialClientOnTheMachineItselfIsRemembered() {
        register(CodeClient.named("web").redirectUris("http://127.0.0.1:9999/callback"));
        stores();
        answered(next(read("redirect_uri", "http://127.0.0.1:9999/callback")));

        assertThat(consents()).containsExactly(Consenting.REMEMBERED);
    }

    @Test
    void claimsBeyondTheScopeAreAskedFor() {
        wantsConsent("openid profile");

        assertThat(next(read("claims", EMAIL))).isInstanceOf(Step.Consent.class);
        assertError(Code.CONSENT_REQUIRED, next(read("claims", EMAIL, "prompt", "none")));
        assertThat(consents()).containsOnly(Consenting.TO_BE_ASKED);
    }

    @Test
    void claimsOfTheScopeAreNot() {
        stores();
        answered(next(read("claims", EMAIL, "scope", "openid email")));

        assertThat(consents()).containsExactly(Consenting.REMEMBERED);
    }

    @Test
    void claimsThatTheUserAllowedOnceByScopeAreCovered() {
        node.on(
                Codes.PutBySession.class,
                put -> put.consent() == Consenting.REMEMBERED
                        ? new Codes.SessionPutting.Stored(SID, put.expiresAt())
                        : new Codes.SessionPutting.ConsentRequired(
                                SID, ADA, Scope.parse("openid profile email"), EPOCH));

        assertThat(answered(next(read("claims", EMAIL))).parameters()).containsKey("code");
        assertThat(consents()).containsExactly(Consenting.TO_BE_ASKED, Consenting.REMEMBERED);
        assertThat(next(read("claims", EMAIL, "prompt", "consent"))).isInstanceOf(Step.Consent.class);
    }
}
