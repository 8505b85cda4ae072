package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What ends with a session, a consent or an old password, and what does not. */
class SessionEndFlowTest {
    private static final String SESSION_BOUND = "openid email";
    private static final String LASTING = "openid email offline_access";
    private static final String PASSWORD = RunningNode.ADA_PASSWORD;
    private static final String NEW_PASSWORD = "another demo password";

    @RegisterExtension
    static final RunningNode NODE =
            RunningNode.configured("""
            bootstrap:
              clients:
                - {client_id: demo, client_secret: %1$s, redirect_uris: [%2$s], grant_types: [authorization_code, refresh_token],
                   scope: openid email offline_access}
                - {client_id: other, client_secret: %1$s, redirect_uris: [%2$s], grant_types: [authorization_code, refresh_token],
                   scope: openid email offline_access}
              users:
                - {username: ada, password: %3$s}
                - {username: eve, password: %3$s}
                - {username: max, password: %3$s}
            """.formatted(RunningNode.DEMO_SECRET, CodeFlow.REDIRECT_URI, PASSWORD));

    private final Caller caller = NODE.caller();
    private final CodeFlow client = CodeFlow.demo(caller);
    private final CodeFlow other = new CodeFlow(caller, "other", RunningNode.DEMO_SECRET);

    @Test
    void aSessionEndedFromAnotherBrowserTakesWhatItGaveAndNoMore() {
        Person desk = new Person(caller.base());
        Answer bound = client.tokens(desk, SESSION_BOUND);
        Answer lasting = client.tokens(desk, LASTING);
        Person phone = new Person(caller.base());
        Answer elsewhere = client.tokens(phone, SESSION_BOUND);
        assertThat(client.isActive(bound.text("access_token"))).isTrue();

        endSession(phone, sid(bound));

        assertThat(client.isActive(bound.text("access_token"))).isFalse();
        assertThat(client.userinfo(bound.text("access_token")).status()).isEqualTo(401);
        assertThat(client.refresh(bound.text("refresh_token")).error()).isEqualTo("400 invalid_grant");
        assertThat(client.isActive(elsewhere.text("access_token"))).isTrue();
        assertThat(client.refresh(elsewhere.text("refresh_token")).status()).isEqualTo(200);

        assertThat(client.isActive(lasting.text("access_token"))).isTrue();
        Answer further = client.refresh(lasting.text("refresh_token"));
        assertThat(further.status()).isEqualTo(200);
        assertThat(client.isActive(further.text("access_token"))).isTrue();
        assertThat(desk.open(client.request(SESSION_BOUND)).asksForPassword()).isTrue();
    }

    @Test
    void aCodeOfASessionThatIsGoneGivesNothing() {
        Person desk = new Person(caller.base());
        String sid = sid(client.tokens(desk, LASTING));
        String code = client.code(desk, LASTING);
        endSession(loggedIn("ada", PASSWORD), sid);
        assertThat(client.redeem(code).error()).isEqualTo("400 invalid_grant");
    }

    @Test
    void aWithdrawnConsentTakesWhatItGaveThatClientAlone() {
        Person person = new Person(caller.base());
        Answer lasting = client.tokens(person, LASTING);
        Answer bound = client.tokens(person, SESSION_BOUND);
        Answer spared = other.tokens(person, LASTING);
        String waiting = client.code(person, LASTING);
        withdraw(person);

        for (Answer given : List.of(lasting, bound)) {
            assertThat(client.isActive(given.text("access_token"))).isFalse();
            assertThat(client.userinfo(given.text("access_token")).status()).isEqualTo(401);
            assertThat(client.refresh(given.text("refresh_token")).error()).isEqualTo("400 invalid_grant");
        }
        assertThat(client.redeem(waiting).error()).isEqualTo("400 invalid_grant");
        assertThat(other.isActive(spared.text("access_token"))).isTrue();
        assertThat(other.refresh(spared.text("refresh_token")).status()).isEqualTo(200);
        Page asked = person.open(client.request(LASTING));
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.asksForPassword()).isFalse();

        Answer again = client.tokens(person, LASTING);
        assertThat(client.isActive(again.text("access_token"))).isTrue();
        Answer further = client.refresh(again.text("refresh_token"));
        assertThat(client.isActive(further.text("access_token"))).isTrue();
        assertThat(client.isActive(lasting.text("access_token"))).isFalse();
    }

    @Test
    void aConsentFormSentAgainDoesNotBringBackWhatWasWithdrawn() {
        Person person = loggedIn("max", PASSWORD);
        Page question = person.open(client.request(LASTING));
        assertThat(client.redeem(person.submit(question, "decision", "allow").code())
                        .status())
                .isEqualTo(200);
        withdraw(person);

        Page asked = person.submit(question, "decision", "allow");
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.form().action()).isEqualTo("/consent");
        assertThat(person.open("/account").body()).doesNotContain("/account/consents/withdraw");
        assertThat(client.redeem(person.submit(asked, "decision", "allow").code())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aNewPasswordEndsEveryOtherSession() {
        Person desk = loggedIn("eve", PASSWORD);
        Person phone = loggedIn("eve", PASSWORD);
        Answer tokensOfDesk = client.redeem(client.code(desk, SESSION_BOUND));
        Answer tokensOfPhone = client.redeem(client.code(phone, SESSION_BOUND));

        Page form = desk.open("/account/password");
        Page changed = desk.submit(form, "current", PASSWORD, "new", NEW_PASSWORD, "again", NEW_PASSWORD);
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.asksForPassword()).isFalse();

        assertThat(phone.open("/account").asksForPassword()).isTrue();
        assertThat(phone.open(client.request(SESSION_BOUND)).asksForPassword()).isTrue();
        assertThat(client.refresh(tokensOfPhone.text("refresh_token")).error()).isEqualTo("400 invalid_grant");
        assertThat(desk.open(client.request(SESSION_BOUND)).status()).isEqualTo(302);
        // The session goes on, but nobody who took a token before shall.
        assertThat(client.refresh(tokensOfDesk.text("refresh_token")).error()).isEqualTo("400 invalid_grant");
        assertThat(logIn(new Person(caller.base()), "eve", PASSWORD).status()).isEqualTo(400);
        assertThat(logIn(new Person(caller.base()), "eve", NEW_PASSWORD).status())
                .isEqualTo(200);
    }

    private static void withdraw(Person person) {
        Page account = person.open("/account");
        Page after = person.submit(account, form(account, "/account/consents/withdraw"), "client_id", "demo");
        assertThat(after.status()).isEqualTo(200);
    }

    private static void endSession(Person person, String sid) {
        Page account = person.open("/account");
        Page after = person.submit(account, form(account, "/account/sessions/end"), "sid", sid);
        assertThat(after.status()).isEqualTo(200);
        assertThat(after.body()).doesNotContain(sid);
    }

    private Person loggedIn(String username, String password) {
        Person person = new Person(caller.base());
        assertThat(logIn(person, username, password).asksForPassword()).isFalse();
        return person;
    }

    private static Page logIn(Person person, String username, String password) {
        return person.submit(person.open("/login"), "username", username, "password", password);
    }

    private static PageForm form(Page page, String action) {
        return page.forms().stream()
                .filter(form -> form.action().equals(action))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no form of " + action));
    }

    private static String sid(Answer tokens) {
        return BabelBirdCaller.claims(tokens.text("id_token")).getString("sid");
    }
}
