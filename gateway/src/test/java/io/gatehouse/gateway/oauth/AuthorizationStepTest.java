package io.gatehouse.gateway.oauth;

import static io.gatehouse.gateway.oauth.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.Codes;
import io.gatehouse.common.message.Codes.Consenting;
import io.gatehouse.common.message.Codes.SessionPutting.ClientRefused;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.TokenFamily;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a request needs next: one question to the store says it. */
class AuthorizationStepTest extends StepCase {
    @Test
    void aLiveSessionAndARememberedConsentGiveACodeAtOnce() {
        stores();
        AuthorizationResponse response = answered(next(read("nonce", "n-1")));

        Codes.PutBySession put = put();
        assertThat(CodeId.parse(response.parameters().get("code"))).isEqualTo(put.code());
        assertThat(response.redirectUri()).isEqualTo(CodeClient.REDIRECT_URI);
        assertThat(response.parameters().keySet()).containsExactly("code", "state", "iss");
        assertThat(response.parameters()).containsEntry("state", STATE).containsEntry("iss", TestNode.ISSUER);
        assertThat(node.asked.stream().filter(Codes.class::isInstance)).hasSize(1);
    }

    @Test
    void theStoreIsToldAllThatTheCodeIsBoundTo() {
        stores();
        next(read("nonce", "n-1", "claims", "{\"id_token\":{\"name\":null}}"));

        Codes.PutBySession put = put();
        assertThat(put.tenant()).isEqualTo("main");
        assertThat(put.session()).isEqualTo(SESSION);
        assertThat(put.clientId()).isEqualTo("web");
        assertThat(put.family()).isEqualTo(TokenFamily.OAUTH);
        assertThat(put.scope()).isEqualTo(Scope.parse("openid profile"));
        assertThat(put.consent()).isEqualTo(Consenting.REMEMBERED);
        assertThat(put.notBefore()).isNull();
        assertThat(put.subject()).isNull();
        assertThat(put.listens()).isFalse();
        assertThat(put.redirectUri()).isEqualTo(CodeClient.REDIRECT_URI);
        assertThat(put.codeChallenge()).isEqualTo(CHALLENGE);
        assertThat(put.nonce()).isEqualTo("n-1");
        assertThat(put.claims().idToken()).containsExactly("name");
        assertThat(put.expiresAt()).isEqualTo(TestClock.START.plus(TestNode.CODE_LIFE));
    }

    @Test
    void aRedirectUriThatWasNotNamedNeedNotBeRepeated() {
        stores();
        next(read("redirect_uri", "", "scope", "api"));

        assertThat(put().redirectUri()).isNull();
    }

    @Test
    void aClientThatWantsToHearOfTheEndIsAListener() {
        register(CodeClient.named("web").registered(-1, "https://app.example.org/ended"));
        stores();
        next(read());

        assertThat(put().listens()).isTrue();
    }

    @Test
    void withoutSessionSomebodyMustLogIn() {
        AuthorizationRequest request = read("login_hint", "ada");
        Step.LogIn step = (Step.LogIn) await(service.next(request, null));

        assertThat(step.request()).isEqualTo(request);
        assertThat(step.client().clientId()).isEqualTo("web");
        assertThat(step.hint()).isEqualTo("ada");
        assertThat(node.asked(Codes.PutBySession.class)).isEmpty();
    }

    @Test
    void aSessionThatDoesNotCountIsAsGoodAsNone() {
        wantsLogin();

        assertThat(next(read())).isInstanceOf(Step.LogIn.class);
    }

    @Test
    void withPromptNoneNobodyIsAsked() {
        AuthorizationRequest request = read("prompt", "none");
        assertError(Code.LOGIN_REQUIRED, await(service.next(request, null)));
        wantsLogin();
        assertError(Code.LOGIN_REQUIRED, next(request));
        wantsConsent("openid");
        assertError(Code.CONSENT_REQUIRED, next(request));
        stores();
        assertThat(answered(next(request)).parameters()).containsKey("code");
    }

    @Test
    void aClientThatMayNotAnyMoreIsTold() {
        answer(new ClientRefused());

        assertError(Code.UNAUTHORIZED_CLIENT, next(read()));
    }

    @Test
    void theAnswerKeepsItsMode() {
        stores();

        assertThat(answered(next(read("response_mode", "fragment"))).mode()).isEqualTo(ResponseMode.FRAGMENT);
        assertThat(TestNode.await(service.deny(read("response_mode", "form_post")))
                        .mode())
                .isEqualTo(ResponseMode.FORM_POST);
    }

    @Test
    void aRefusalIsTold() {
        assertError(Code.ACCESS_DENIED, new Step.Answer(TestNode.await(service.deny(read()))));
    }

    @Test
    void aClientThatWentMeanwhileSendsNobodyAnywhere() {
        stores();
        AuthorizationRequest request = read();
        node.on(
                Clients.Find.class,
                find -> Samples.found(CodeClient.named("web").isDisabled().build()));
        changed(request);

        assertNobodyIsSent(request);
    }

    @Test
    void aRedirectUriThatWentMeanwhileSendsNobodyThere() {
        stores();
        AuthorizationRequest request = read();
        node.on(
                Clients.Find.class,
                find -> Samples.found(CodeClient.named("web")
                        .redirectUris("https://app.example.org/new")
                        .build()));
        changed(request);

        assertNobodyIsSent(request);
    }

    /** Waits until the gateway has forgotten what it knew. */
    private void changed(AuthorizationRequest request) {
        int before = node.asked(Clients.Find.class).size();
        node.publish(new Event.ClientChanged("main", "web"));
        TestNode.eventually("the client is asked for again", () -> {
            service.next(request, null).otherwiseEmpty().await();
            return node.asked(Clients.Find.class).size() > before;
        });
    }

    private void assertNobodyIsSent(AuthorizationRequest request) {
        for (Future<Step> step : List.of(
                service.next(request, SESSION), service.allow(request, SESSION, SID, 1), service.next(request, null))) {
            assertThat(((OAuthError.Protocol) TestNode.refusal(step)).code()).isEqualTo(Code.INVALID_REQUEST);
        }
        assertThat(node.asked(Codes.PutBySession.class)).isEmpty();
    }

    @Test
    void aStoreThatIsAwayIsNotTheClientsBusiness() {
        node.failing(Codes.PutBySession.class, new OAuthError.Unavailable("store"));

        assertThat(TestNode.refusal(service.next(read(), SESSION))).isEqualTo(new OAuthError.Unavailable("store"));
    }

    @Test
    void aCodeLivesFromTheAnswerOn() {
        stores();
        AuthorizationRequest request = read();
        node.clock.pass(Duration.ofMinutes(5));
        next(request);

        assertThat(put().expiresAt())
                .isEqualTo(TestClock.START.plus(Duration.ofMinutes(5)).plus(TestNode.CODE_LIFE));
    }
}
