package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Modules of the basic plan about who must log in, and what the page then looks like. */
interface LoginModules extends BasicModules {
    @Test
    @DisplayName("oidcc-display-page")
    default void oidccDisplayPage() {
        client().logIn(somebody(), "display", "page");
    }

    @Test
    @DisplayName("oidcc-display-popup")
    default void oidccDisplayPopup() {
        client().logIn(somebody(), "display", "popup");
    }

    @Test
    @DisplayName("oidcc-prompt-login")
    default void oidccPromptLogin() throws InterruptedException {
        Person person = somebody();
        Tokens first = client().logIn(person);
        awaitSecondAfter(first.authTime());
        Map<String, String> request = client().request("prompt", "login");
        Page page = client().open(person, request);
        assertThat(page.asksForPassword()).isTrue();
        assertIsLater(first, again(person, page, request));
    }

    @Test
    @DisplayName("oidcc-prompt-none-not-logged-in")
    default void oidccPromptNoneNotLoggedIn() {
        Map<String, String> request = client().request("prompt", "none");
        assertThat(client().answer(client().open(somebody(), request), request))
                .containsEntry("error", "login_required")
                .doesNotContainKey("code");
    }

    @Test
    @DisplayName("oidcc-prompt-none-logged-in")
    default void oidccPromptNoneLoggedIn() {
        Person person = somebody();
        Tokens first = client().logIn(person);
        assertIsTheSameLogin(first, silently(person));
    }

    @Test
    @DisplayName("oidcc-max-age-1")
    default void oidccMaxAge1() throws InterruptedException {
        Person person = somebody();
        Tokens first = client().logIn(person);
        awaitSecondAfter(first.authTime() + 1);
        Map<String, String> request = client().request("max_age", "1");
        Page page = client().open(person, request);
        assertThat(page.asksForPassword()).isTrue();
        assertIsLater(first, again(person, page, request));
    }

    @Test
    @DisplayName("oidcc-max-age-10000")
    default void oidccMaxAge10000() {
        Person person = somebody();
        Tokens first = client().logIn(person);
        assertIsTheSameLogin(first, silently(person, "max_age", "10000"));
    }

    @Test
    @DisplayName("oidcc-id-token-hint")
    default void oidccIdTokenHint() {
        Person person = somebody();
        Tokens first = client().logIn(person);
        assertIsTheSameLogin(first, silently(person, "id_token_hint", first.compact()));
    }

    @Test
    @DisplayName("oidcc-login-hint")
    default void oidccLoginHint() {
        Person person = somebody();
        Map<String, String> request = client().request("login_hint", "grace@example.org");
        Page page = client().open(person, request);
        assertThat(page.form().fields()).containsEntry("username", "grace@example.org");
        again(person, page, request);
    }

    @Test
    @DisplayName("oidcc-ui-locales")
    default void oidccUiLocales() {
        Person person = somebody();
        Map<String, String> request = client().request("ui_locales", "se de");
        Page page = client().open(person, request);
        assertThat(page.body()).contains("<html lang=\"de\">");
        again(person, page, request);
    }

    /** What is wished for and not had is no error: the ID token says how the login was done. */
    @Test
    @DisplayName("oidcc-ensure-request-with-acr-values-succeeds")
    default void oidccEnsureRequestWithAcrValuesSucceeds() {
        Tokens wished = client().logIn(somebody(), "acr_values", "1 2");
        assertThat(wished.idToken().claims().getString("acr")).isEqualTo("urn:gatehouse:acr:password");
    }

    /** Without asking anybody anything. */
    private Tokens silently(Person person, String... changes) {
        Map<String, String> request = client().request(changes);
        request.put("prompt", "none");
        return tokens(client().answer(client().open(person, request), request), request);
    }

    private Tokens again(Person person, Page page, Map<String, String> request) {
        return tokens(client().goOn(person, page, request), request);
    }

    private Tokens tokens(Map<String, String> answer, Map<String, String> request) {
        assertThat(answer).containsKey("code");
        return client().tokens(client().redeem(answer.get("code")), request.get("nonce"));
    }

    private static void assertIsTheSameLogin(Tokens first, Tokens second) {
        assertThat(second.subject()).isEqualTo(first.subject());
        assertThat(second.authTime()).isEqualTo(first.authTime());
    }

    private static void assertIsLater(Tokens first, Tokens second) {
        assertThat(second.subject()).isEqualTo(first.subject());
        assertThat(second.authTime()).isGreaterThan(first.authTime());
    }

    /** Times of login are told in whole seconds. */
    private static void awaitSecondAfter(long second) throws InterruptedException {
        while (Instant.now().getEpochSecond() <= second) {
            Thread.sleep(20);
        }
    }
}
