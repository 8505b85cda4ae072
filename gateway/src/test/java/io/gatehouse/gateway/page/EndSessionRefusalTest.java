package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.IdTokens;
import io.gatehouse.gateway.oauth.TestClock;
import io.gatehouse.gateway.oauth.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to log out that must not be followed: nobody is logged out, nobody sent anywhere. */
class EndSessionRefusalTest extends EndSessionCase {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.org/bye",
                "https://app.example.org/bye?from=us&x=1",
                "https://app.example.org/bye?from=us#x",
                "HTTPS://app.example.org/bye?from=us",
                "https://app.example.org:443/bye?from=us",
                "https://app.example.org@evil.example/bye?from=us",
                "https://evil.example/",
                "//evil.example",
                "javascript:alert(1)",
                CALLBACK
            })
    void nobodyIsSentToAnAddressThatWasNotRegistered(String uri) {
        logIn();

        assertErrorPage(
                get(TestBrowser.form("id_token_hint", "good", "post_logout_redirect_uri", uri)),
                400,
                "You are still logged in.");
        assertStillLoggedIn();
    }

    @Test
    void anAddressNeedsAClient() {
        logIn();

        assertErrorPage(get(REDIRECT), 400, "has not registered for logging out");
        assertStillLoggedIn();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id_token_hint=bad", "id_token_hint=bad&client_id=web", "client_id=web&id_token_hint=bad"})
    void aHintThatIsNotOursIsRefused(String query) {
        logIn();

        assertErrorPage(get(query + "&" + REDIRECT), 400, "can not read whom it means");
        assertStillLoggedIn();
    }

    @Test
    void aHugeHintIsNotEvenRead() {
        assertErrorPage(get("id_token_hint=" + "x".repeat(8001)), 400, "can not read whom it means");
        assertThat(gateway.node.asked(IdTokens.ReadHint.class)).isEmpty();
    }

    @Test
    void aHintOfAnotherClientIsRefused() {
        logIn();
        hint = new IdTokens.Hint("other", Tokens.SUBJECT, null, TestClock.START);

        assertErrorPage(get("id_token_hint=good&client_id=web"), 400, "can not read whom it means");
        assertErrorPage(get("id_token_hint=good"), 400, "is not known to us");
        assertErrorPage(get("client_id=other"), 400, "is not known to us");
        assertStillLoggedIn();
    }
}
