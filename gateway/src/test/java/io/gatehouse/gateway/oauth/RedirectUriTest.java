package io.gatehouse.gateway.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody is sent where the client did not register (RFC 9700, section 4.1; RFC 8252, section 7.3). */
class RedirectUriTest extends AuthorizationCase {
    @Test
    void theRegisteredOneIsTakenLetterByLetter() {
        assertThat(read().redirectUri()).isEqualTo(CodeClient.REDIRECT_URI);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.org/callback/",
                "https://app.example.org/callback?x=1",
                "https://app.example.org/callback#",
                "https://app.example.org/callbac",
                "https://app.example.org/Callback",
                "https://APP.example.org/callback",
                "HTTPS://app.example.org/callback",
                "https://app.example.org:443/callback",
                "http://app.example.org/callback",
                "https://app.example.org/./callback",
                "https://app.example.org/x/../callback",
                "https://app.example.org/x/..;/callback",
                "https://app.example.org/%63allback",
                "https://app.example.org@evil.example/callback",
                "https://a@b@app.example.org/callback",
                "https://evil.example/?https://app.example.org/callback",
                "https://app.example.org.evil.example/callback",
                "https://app.example.org\\@evil.example/callback",
                " https://app.example.org/callback",
                "https://app.example.org/callback ",
                "//app.example.org/callback",
                "/callback",
                "javascript:alert(1)"
            })
    void whatDiffersInAnyWayIsRefusedOnThePageItself(String redirectUri) {
        assertOwnPage("redirect_uri", redirectUri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JavaScript:alert(1)",
                "DATA:text/html,x",
                "vbscript:x",
                "FILE:///etc/passwd",
                "Blob:https://app.example.org/x",
                "view-source:https://app.example.org/",
                "filesystem:https://app.example.org/temporary/",
                "jar:https://app.example.org/app.jar!/",
                "Intent:app"
            })
    void whatABrowserRunsIsRefusedEvenIfItWasRegistered(String redirectUri) {
        register(CodeClient.named("web").redirectUris(redirectUri));

        assertOwnPage("redirect_uri", redirectUri);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1/callback, http://127.0.0.1:51004/callback",
        "http://127.0.0.1:9999/callback, http://127.0.0.1:1/callback",
        "http://127.0.0.1:9999/callback, http://127.0.0.1/callback",
        "http://127.0.0.1:9999/callback?a=b, http://127.0.0.1:65535/callback?a=b",
        "http://127.0.0.1, http://127.0.0.1:8080",
        "http://[::1]:9999/callback, http://[::1]:51004/callback"
    })
    void aLoopbackAddressMayHaveAnyPort(String registered, String asked) {
        register(CodeClient.named("native").isPublic().redirectUris(registered));

        assertThat(read("redirect_uri", asked).redirectUri()).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:9999/callback, http://127.0.0.1:51004/callback?x=1",
        "http://127.0.0.1:9999/callback, http://127.0.0.1:51004/other",
        "http://127.0.0.1:9999/callback, http://127.0.0.1:51004/callback/",
        "http://127.0.0.1:9999/callback, https://127.0.0.1:51004/callback",
        "http://127.0.0.1:9999/callback, HTTP://127.0.0.1:51004/callback",
        "http://127.0.0.1:9999/callback, http://[::1]:51004/callback",
        "http://127.0.0.1:9999/callback, http://localhost:9999/callback",
        "http://127.0.0.1:9999/callback, http://127.0.0.2:9999/callback",
        "http://127.0.0.1:9999/callback, http://127.0.0.1.evil.example:9999/callback",
        "http://127.0.0.1:9999/callback, http://127.0.0.1:80@evil.example/callback",
        "http://127.0.0.1:9999/callback, http://127.0.0.1@evil.example/callback",
        "http://127.0.0.1:9999/callback, http://127.0.0.1:0/callback",
        "http://127.0.0.1:9999/callback, http://127.0.0.1:08080/callback",
        "http://127.0.0.1:9999/callback, http://127.0.0.1:65536/callback",
        "http://127.0.0.1:9999/callback, http://127.0.0.1:/callback",
        "http://127.0.0.1:9999/callback, http://127.1:9999/callback",
        "http://127.0.0.1, http://127.0.0.1:80.evil.example",
        "http://localhost:9999/callback, http://localhost:51004/callback",
        "http://localhost:9999/callback, http://localhost.evil.example:9999/callback",
        "https://127.0.0.1:9999/callback, https://127.0.0.1:51004/callback",
        "http://10.0.0.1:9999/callback, http://10.0.0.1:51004/callback",
        "com.example.app:/callback, com.example.app:/other"
    })
    void nothingButThatPortMayDiffer(String registered, String asked) {
        register(CodeClient.named("native").isPublic().redirectUris(registered));

        assertOwnPage("redirect_uri", asked);
    }

    @Test
    void theOnlyOneNeedNotBeNamedButForOpenId() {
        AuthorizationRequest request = read("redirect_uri", "", "scope", "api");

        assertThat(request.redirectUri()).isEqualTo(CodeClient.REDIRECT_URI);
        assertThat(request.redirectUriGiven()).isFalse();
        assertThat(read().redirectUriGiven()).isTrue();
        assertOwnPage("redirect_uri", "");
        assertOwnPage("redirect_uri", "", "scope", "api openid");
    }

    @Test
    void oneOfSeveralMustBeNamed() {
        register(CodeClient.named("web").redirectUris(CodeClient.REDIRECT_URI, "https://app.example.org/other"));

        assertOwnPage("redirect_uri", "", "scope", "api");
        assertThat(read("redirect_uri", "https://app.example.org/other").redirectUri())
                .isEqualTo("https://app.example.org/other");
    }

    @Test
    void aClientThatIsNotThereIsToldToThePersonOnly() {
        assertOwnPage("client_id", "");
        assertOwnPage("client_id", "other");
    }

    @Test
    void aDisabledClientIsNotThere() {
        register(CodeClient.named("web").isDisabled());

        assertOwnPage();
    }

    @Test
    void aBadAddressWinsOverWhateverElseIsWrong() {
        assertOwnPage("redirect_uri", "https://evil.example/", "response_type", "token", "scope", "unknown");
        assertTold(Code.UNSUPPORTED_RESPONSE_TYPE, "response_type", "token");
    }
}
