package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A form of ours counts only from the browser, and the session, that was shown it (security lesson 25): what an attacker was
 * shown, or made up, does nothing when a victim's browser sends it.
 */
class FormForgeryTest {
    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo();

    private final Caller caller = NODE.caller();
    private final CodeFlow client = CodeFlow.demo(caller);
    private final Person victim = new Person(caller.base());
    private final Person attacker = new Person(caller.base());

    /** The attacker's own form, fields and all, sent by the victim's browser. */
    private Page forged(Page shown, String action, String... fields) {
        PageForm form = shown.forms().stream()
                .filter(each -> each.action().equals(action))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no form of " + action));
        return victim.submit(shown, form, fields);
    }

    private static void assertRefused(Page page) {
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(page.hasForm()).isFalse();
    }

    /** Otherwise a victim would work in the attacker's account without knowing. */
    @Test
    void loginFormOfAnotherBrowserIsRefused() {
        victim.open("/login");
        Page shown = attacker.open("/login");
        assertRefused(forged(shown, "/login", "username", "ada", "password", RunningNode.ADA_PASSWORD));
        assertThat(victim.open("/account").asksForPassword()).isTrue();
    }

    @Test
    void loginFormWithoutABrowsersCookieIsRefused() {
        Page shown = attacker.open("/login");
        assertRefused(forged(shown, "/login", "username", "ada", "password", RunningNode.ADA_PASSWORD));
    }

    @Test
    void consentFormOfAnotherBrowserIsRefused() {
        CodeFlow spa = new CodeFlow(caller, "demo-spa", null);
        victim.logIn(victim.open(spa.request("openid")));
        Page shown = attacker.logIn(attacker.open(spa.request("openid")));
        assertRefused(forged(shown, "/consent", "decision", "allow"));
    }

    /** Whoever was asked, it is not who is there now. */
    @Test
    void consentOfAFormerSessionIsAskedForAgain() {
        CodeFlow spa = new CodeFlow(caller, "demo-spa", null);
        Page asked = victim.logIn(victim.open(spa.request("openid")));
        Page login = victim.open(spa.request("openid", "prompt", "login"));
        victim.submit(login, "username", "admin", "password", "admin-demo-password");
        Page again = victim.submit(asked, "decision", "allow");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.form().action()).isEqualTo("/consent");
        assertThat(again.body()).contains("Administrator");
    }

    @Test
    void accountFormsOfAnotherBrowserAreRefused() {
        client.code(victim, "openid");
        client.code(attacker, "openid");
        Page shown = attacker.open("/account");
        assertRefused(forged(shown, "/account/logout"));
        assertRefused(forged(shown, "/account/consents/withdraw", "client_id", "demo"));
        Page password = attacker.open("/account/password");
        assertRefused(forged(
                password,
                "/account/password",
                "current",
                RunningNode.ADA_PASSWORD,
                "new",
                "a password of the attacker",
                "again",
                "a password of the attacker"));
        assertThat(victim.open("/account").asksForPassword()).isFalse();
        assertThat(victim.open(client.request("openid")).status()).isEqualTo(302);
    }

    @Test
    void endOfASessionByAnotherBrowsersFormIsRefused() {
        Answer tokens = client.tokens(victim, "openid");
        client.code(attacker, "openid");
        Page shown = attacker.open("/account");
        String sid = BabelBirdCaller.claims(tokens.text("id_token")).getString("sid");
        assertRefused(forged(shown, "/account/sessions/end", "sid", sid));
        assertThat(client.isActive(tokens.text("access_token"))).isTrue();
    }

    @Test
    void logoutFormOfAnotherBrowserIsRefused() {
        client.code(victim, "openid");
        client.code(attacker, "openid");
        assertRefused(forged(attacker.open("/oauth2/logout"), "/oauth2/logout"));
        assertThat(victim.open("/account").asksForPassword()).isFalse();
    }
}
