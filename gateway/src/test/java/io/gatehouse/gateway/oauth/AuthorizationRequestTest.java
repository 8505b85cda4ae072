package io.gatehouse.gateway.oauth;

import static io.gatehouse.gateway.oauth.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.codec.RecordCodec;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.error.Code;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.IdTokens;
import io.gatehouse.common.model.Scope;
import io.gatehouse.common.model.TokenFamily;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of a request (RFC 6749, section 4.1.1; OpenID Connect Core, section 3.1.2.1). */
class AuthorizationRequestTest extends AuthorizationCase {
    @Test
    void everythingThatCountsIsRead() {
        AuthorizationRequest request = read(
                "nonce", "n-1",
                "prompt", "login consent",
                "max_age", "3600",
                "login_hint", "ada",
                "ui_locales", "de-CH de en",
                "response_mode", "form_post",
                "claims", "{\"id_token\":{\"email\":null}}");

        assertThat(request.tenant()).isEqualTo("main");
        assertThat(request.family()).isEqualTo(TokenFamily.OAUTH);
        assertThat(request.clientId()).isEqualTo("web");
        assertThat(request.responseMode()).isEqualTo(ResponseMode.FORM_POST);
        assertThat(request.scope()).isEqualTo(Scope.parse("openid profile"));
        assertThat(request.state()).isEqualTo(STATE);
        assertThat(request.nonce()).isEqualTo("n-1");
        assertThat(request.prompt()).containsExactlyInAnyOrder(Prompt.LOGIN, Prompt.CONSENT);
        assertThat(request.maxAge()).isEqualTo(3600);
        assertThat(request.loginHint()).isEqualTo("ada");
        assertThat(request.uiLocales()).containsExactly("de-CH", "de", "en");
        assertThat(request.claims().idToken()).containsExactly("email");
        assertThat(request.startedAt()).isEqualTo(TestClock.START);
        assertThat(request.hintedSubject()).isNull();
        assertThat(request.echo()).isNull();
    }

    /** RFC 9449, section 10. */
    @Test
    void aKeyMayBeNamedThatTheCodeIsBoundTo() {
        assertThat(read("dpop_jkt", CHALLENGE).confirmation()).isEqualTo(CHALLENGE);
        assertThat(read().confirmation()).isNull();
        assertTold(Code.INVALID_REQUEST, "dpop_jkt", CHALLENGE.substring(1));
        assertTold(Code.INVALID_REQUEST, "dpop_jkt", "!".repeat(43));
    }

    @Test
    void itTravelsWhole() {
        AuthorizationRequest request =
                read("claims", "{\"userinfo\":{\"email\":null}}", "prompt", "login", "dpop_jkt", CHALLENGE);

        assertThat(RecordCodec.decode(RecordCodec.encode(request), AuthorizationRequest.class))
                .isEqualTo(request);
    }

    @Test
    void whatNobodyKnowsIsIgnored() {
        AuthorizationRequest plain = read();

        assertThat(read(
                        "foo", "bar",
                        "display", "popup",
                        "acr_values", "urn:x 1 2",
                        "claims_locales", "de",
                        "data", "x"))
                .isEqualTo(plain);
        assertThat(plain.responseMode()).isEqualTo(ResponseMode.QUERY);
        assertThat(plain.maxAge()).isEqualTo(MaxAge.ANY);
        assertThat(plain.prompt()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "response_type, '', INVALID_REQUEST",
        "response_type, token, UNSUPPORTED_RESPONSE_TYPE",
        "response_type, code id_token, UNSUPPORTED_RESPONSE_TYPE",
        "request, e30.e30., INVALID_REQUEST_OBJECT",
        "request_uri, https://app.example.org/r, INVALID_REQUEST_URI",
        "registration, {}, REGISTRATION_NOT_SUPPORTED",
        "response_mode, web_message, INVALID_REQUEST",
        "scope, openid admin, INVALID_SCOPE",
        "scope, 'openid \u00e4', INVALID_SCOPE",
        "prompt, create, INVALID_REQUEST",
        "prompt, none login, INVALID_REQUEST",
        "prompt, NONE, INVALID_REQUEST",
        "max_age, -1, INVALID_REQUEST",
        "max_age, 1.5, INVALID_REQUEST",
        "max_age, x, INVALID_REQUEST",
        "max_age, 315360001, INVALID_REQUEST",
        "max_age, 99999999999999999999, INVALID_REQUEST",
        "claims, [], INVALID_REQUEST"
    })
    void theClientIsToldWhatIsWrong(String name, String value, Code code) {
        assertTold(code, name, value);
    }

    @Test
    void theAnswerComesAsItWasAskedFor() {
        assertThat(told("scope", "admin").mode()).isEqualTo(ResponseMode.QUERY);
        assertThat(told("scope", "admin", "response_mode", "fragment").mode()).isEqualTo(ResponseMode.FRAGMENT);
        assertThat(told("scope", "admin", "response_mode", "form_post").mode()).isEqualTo(ResponseMode.FORM_POST);
        assertThat(told("response_mode", "nonsense").mode()).isEqualTo(ResponseMode.QUERY);
    }

    @Test
    void whatIsTooLongOrNoTextIsRefused() {
        assertThat(read("nonce", "n".repeat(255)).nonce()).hasSize(255);
        assertTold(Code.INVALID_REQUEST, "nonce", "n".repeat(256));
        assertTold(Code.INVALID_REQUEST, "nonce", "a\nb");
        assertThat(read("login_hint", "h".repeat(200)).loginHint()).hasSize(200);
        assertTold(Code.INVALID_REQUEST, "login_hint", "h".repeat(201));
    }

    @Test
    void aStateThatCantBeEchoedIsNotEchoed() {
        assertThat(read("state", "s".repeat(1024)).state()).hasSize(1024);
        for (String state : List.of("s".repeat(1025), "a\r\nSet-Cookie: b=c", "a\u0000")) {
            assertThat(told("state", state).parameters())
                    .containsEntry("error", "invalid_request")
                    .doesNotContainKey("state");
        }
    }

    @Test
    void aClientMustBeRegisteredForCodes() {
        register(CodeClient.named("web").noResponseType());
        assertTold(Code.UNAUTHORIZED_CLIENT);
    }

    @Test
    void aClientMustBeRegisteredForTheGrant() {
        register(CodeClient.named("web").grantTypes("client_credentials"));
        assertTold(Code.UNAUTHORIZED_CLIENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void withoutScopeItIsNoOpenIdRequest(String scope) {
        assertThat(read("scope", scope).scope()).isEqualTo(Scope.parse("profile email api"));
    }

    @Test
    void offlineAccessIsForWhoMayRefresh() {
        assertThat(read("scope", "openid offline_access").scope()).isEqualTo(Scope.parse("openid offline_access"));
    }

    @Test
    void offlineAccessOfWhoMayNotRefreshIsForgotten() {
        register(CodeClient.named("web").grantTypes("authorization_code"));
        assertThat(read("scope", "openid offline_access").scope()).isEqualTo(Scope.parse("openid"));
    }

    @Test
    void aRegisteredMaxAgeCountsWhereNoneIsAskedFor() {
        register(CodeClient.named("web").registered(600, null));
        assertThat(read().maxAge()).isEqualTo(600);
        assertThat(read("max_age", "0").maxAge()).isZero();
    }

    @Test
    void onlyAFewLanguagesAreLookedAt() {
        assertThat(read("ui_locales", "a b c d e f g h i j").uiLocales()).hasSize(8);
        assertThat(read("ui_locales", "de <script> en").uiLocales()).containsExactly("de", "en");
    }

    @Test
    void aHintNamesTheUser() {
        node.on(
                IdTokens.ReadHint.class,
                read -> new IdTokens.HintRead(new IdTokens.Hint("web", Tokens.SUBJECT, null, TestClock.START)));

        assertThat(read("id_token_hint", "id-token").hintedSubject()).isEqualTo(Tokens.SUBJECT);
        assertThat(node.askedOnce(IdTokens.ReadHint.class).idToken()).isEqualTo(Secret.of("id-token"));
        assertThat(node.askedOnce(IdTokens.ReadHint.class).client()).isNotNull();
        assertTold(
                Code.INVALID_REQUEST,
                "id_token_hint",
                "id-token",
                "claims",
                "{\"id_token\":{\"sub\":{\"value\":\"another\"}}}");
    }

    @Test
    void aClaimedSubjectNamesTheUser() {
        assertThat(read("claims", sub("ada")).hintedSubject()).isEqualTo("ada");
        assertThat(node.asked(IdTokens.ReadSubject.class)).isEmpty();
    }

    @Test
    void aClaimedSubjectOfAPairwiseClientIsReadByTheTokenRole() {
        register(CodeClient.named("web").sector("shop.example.org"));
        node.on(
                IdTokens.ReadSubject.class,
                read -> new IdTokens.SubjectRead(read.subject().equals("told") ? Tokens.SUBJECT : null));

        assertThat(read("claims", sub("told")).hintedSubject()).isEqualTo(Tokens.SUBJECT);
        assertTold(Code.INVALID_REQUEST, "claims", sub(Tokens.SUBJECT));
        node.on(
                IdTokens.ReadHint.class,
                read -> new IdTokens.HintRead(new IdTokens.Hint("web", Tokens.SUBJECT, null, TestClock.START)));
        assertThat(read("id_token_hint", "id-token", "claims", sub("told")).hintedSubject())
                .isEqualTo(Tokens.SUBJECT);
    }

    private static String sub(String value) {
        return "{\"id_token\":{\"sub\":{\"value\":\"" + value + "\"}}}";
    }

    @Test
    void aHintThatIsNoneOfThisClientsIsRefused() {
        node.on(IdTokens.ReadHint.class, read -> new IdTokens.HintRead(null));
        assertTold(Code.INVALID_REQUEST, "id_token_hint", "nonsense");
        node.on(
                IdTokens.ReadHint.class,
                read -> new IdTokens.HintRead(new IdTokens.Hint("other", Tokens.SUBJECT, null, TestClock.START)));
        assertTold(Code.INVALID_REQUEST, "id_token_hint", "id-token");
    }

    @Test
    void whatBrokeHereIsNotTheClientsBusiness() {
        node.failing(IdTokens.ReadHint.class, new OAuthError.Unavailable("token"));

        assertThat(TestNode.refusal(service.read("main", TokenFamily.OAUTH, request("id_token_hint", "x"))))
                .isEqualTo(new OAuthError.Unavailable("token"));
    }

    @Test
    void anotherTenantsAnswersNameItsIssuer() {
        register(CodeClient.named("web"));
        try {
            await(service.read("shop", TokenFamily.OAUTH, request("scope", "admin")));
        } catch (AuthorizationRefusal refusal) {
            assertThat(refusal.response().parameters()).containsEntry("iss", TestNode.ISSUER + "/t/shop");
            return;
        }
        throw new AssertionError("not refused");
    }
}
