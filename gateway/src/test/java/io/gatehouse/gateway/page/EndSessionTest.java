package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.Clients;
import io.gatehouse.common.message.IdTokens;
import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.model.SessionId;
import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.CodeClient;
import io.gatehouse.gateway.oauth.Samples;
import io.gatehouse.gateway.oauth.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenID Connect RP-Initiated Logout 1.0. */
class EndSessionTest extends EndSessionCase {
    @Test
    void aHintOfAnotherSessionOfThisUserIsAskedAbout() {
        logIn();

        assertPage(get("id_token_hint=good&" + REDIRECT), 200, "Log out?");
        assertStillLoggedIn();
    }

    @Test
    void aHintOfThisSessionEndsItAtOnce() {
        logIn();
        hintThisSession();

        assertSent(get("id_token_hint=good&client_id=web&" + REDIRECT), SENT_BACK);
        assertLoggedOut();
    }

    @Test
    void withoutAnAddressThePageSaysThatItIsDone() {
        logIn();
        hintThisSession();
        RawReply page = get("id_token_hint=good&ui_locales=fr+de");

        assertPage(page, 200, "Sie sind abgemeldet");
        assertLoggedOut();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "client_id=web", "state=x", "unknown=1"})
    void withoutAHintSomebodyMustSayYes(String query) {
        logIn();
        RawReply page = get(query);

        assertPage(page, 200, "Log out?");
        assertStillLoggedIn();
        assertSent(confirm(page), "/oauth2/logout");
        assertLoggedOut();
        assertPage(browser.get("/oauth2/logout"), 200, "You are logged out");
    }

    /** Only with the client does the token role know the session by its own name. */
    @Test
    void aHintOfAPairwiseClientIsReadOnceTheClientIsKnown() {
        logIn();
        hintThisSession();
        IdTokens.Hint real = hint;
        gateway.node
                .on(
                        Clients.Find.class,
                        find -> Samples.found(CodeClient.named("web")
                                .sector("shop.example.org")
                                .build()))
                .on(
                        IdTokens.ReadHint.class,
                        read -> new IdTokens.HintRead(
                                read.client() == null
                                        ? new IdTokens.Hint("web", "told", "told", TestClock.START)
                                        : real));

        assertPage(get("id_token_hint=good"), 200, "You are logged out");
        assertLoggedOut();
    }

    private void hintThisSession() {
        String sid = living("main").keySet().iterator().next().id().sid();
        hint = new IdTokens.Hint("web", "somebody", sid, TestClock.START);
    }

    private RawReply confirm(RawReply page) {
        return browser.post(action(page), TestBrowser.form("box", TestBrowser.field(page, "box")));
    }

    @Test
    void aHintOfSomebodyElseIsAskedAbout() {
        logIn();
        hint = new IdTokens.Hint("web", "somebody", SessionId.expiring(LATER).sid(), TestClock.START);
        RawReply page = get("id_token_hint=good&" + REDIRECT);

        assertPage(page, 200, "Log out?");
        assertThat(page.body()).contains("Paper &lt;Boat&gt; asks whether", "Ada &lt;Lovelace&gt;");
        assertThat(page.header("content-security-policy")).contains("form-action 'self' https://app.example.org;");
        assertStillLoggedIn();
        assertSent(confirm(page), SENT_BACK);
        assertLoggedOut();
    }

    @Test
    void whoHasNoSessionGoesOnAtOnce() {
        assertSent(get("client_id=web&" + REDIRECT), SENT_BACK);
        assertPage(get("client_id=web"), 200, "You are logged out");
        assertThat(gateway.node.asked(Sessions.End.class)).isEmpty();
    }

    @Test
    void aSessionThatIsOverGoesWithItsCookie() {
        logIn();
        living("main").clear();

        assertPage(get(""), 200, "You are logged out");
        assertLoggedOut();
    }

    @Test
    void aFormOfAnotherSiteBecomesALink() {
        logIn();
        hintThisSession();
        RawReply reply = browser.post(
                "/oauth2/logout",
                TestBrowser.form(
                        "id_token_hint", "good", "post_logout_redirect_uri", BACK, "state", "a\r\nb", "x", "y"));

        assertThat(reply.status()).isEqualTo(303);
        assertThat(reply.header("location"))
                .startsWith("/oauth2/logout?id_token_hint=good&")
                .endsWith("a%0D%0Ab");
        assertStillLoggedIn();
        assertSent(browser.follow(reply), BACK + "&state=a%0D%0Ab");
        assertThat(browser.post("/oauth2/logout", "state=" + "x".repeat(5000)).status())
                .isEqualTo(414);
    }

    @Test
    void aQuestionIsOneSessionsOfOneBrowser() {
        logIn();
        String box = TestBrowser.field(browser.get("/oauth2/logout"), "box");
        TestBrowser other = new TestBrowser(gateway);
        logIn(other, "/login");

        assertTooOld(other.post("/oauth2/logout", "box=" + box));
        assertTooOld(browser.post("/oauth2/logout", "box=" + box.substring(1)));
        living("main").clear();
        logIn();
        assertTooOld(browser.post("/oauth2/logout", "box=" + box));
        assertStillLoggedIn();
    }

    @Test
    void lookingWithoutReadingEndsNothing() {
        logIn();

        assertThat(gateway.exchange("HEAD", "/oauth2/logout?id_token_hint=good", null)
                        .status())
                .isEqualTo(405);
        assertStillLoggedIn();
    }
}
