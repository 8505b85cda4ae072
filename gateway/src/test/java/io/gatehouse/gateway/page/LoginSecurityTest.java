package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.gateway.http.RawReply;
import io.gatehouse.gateway.oauth.SessionToken;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What another site, another browser, another tenant or somebody with an old cookie can't do with these forms. */
class LoginSecurityTest extends PageCase {
    private void assertNobodyWasAsked() {
        assertThat(gateway.node.asked(Sessions.Begin.class)).isEmpty();
    }

    /** Login CSRF: a page of another site can send the form, and has no box for this browser. */
    @Test
    void aFormWithoutABoxIsRefused() {
        browser.get(AUTHORIZE);

        assertTooOld(browser.post("/login", TestBrowser.form("username", "ada", "password", PASSWORD)));
        assertTooOld(browser.post("/login", TestBrowser.form("username", "ada", "password", PASSWORD, "request", "x")));
        assertNobodyWasAsked();
    }

    @Test
    void anotherBrowsersBoxIsRefused() {
        RawReply theirs = new TestBrowser(gateway).get(AUTHORIZE);
        browser.get(AUTHORIZE);

        assertTooOld(submit(browser, theirs, "ada", PASSWORD));
        assertTooOld(submit(new TestBrowser(gateway), theirs, "ada", PASSWORD));
        assertNobodyWasAsked();
    }

    @Test
    void aBrowserCookieThatStandsThereTwiceCountsAsNone() {
        RawReply page = browser.get(AUTHORIZE);
        String value = browser.cookies.get(BROWSER);

        assertTooOld(gateway.postForm(
                "/login",
                TestBrowser.form(
                        "username", "ada", "password", PASSWORD, "request", TestBrowser.field(page, "request")),
                "Cookie: " + BROWSER + "=" + value + "; " + BROWSER + "=" + "A".repeat(24)));
    }

    @Test
    void aBoxOfFifteenMinutesAgoIsRefused() {
        RawReply page = browser.get(AUTHORIZE);
        gateway.node.clock.pass(Duration.ofMinutes(15).minusNanos(1));
        assertPage(submit(browser, page, "ada", "wrong"), 400, "Log in");
        gateway.node.clock.pass(Duration.ofNanos(1));

        RawReply tooOld = submit(browser, page, "ada", PASSWORD);
        assertTooOld(tooOld);
        assertThat(tooOld.body())
                .contains("please start again in that app")
                .contains("<a class=\"button quiet\" href=\"/login\">Log in</a>");
    }

    @Test
    void theWayToStartAgainStaysInTheTenant() {
        RawReply refused = browser.post("/t/shop/login", "username=ada&password=x");

        assertTooOld(refused);
        assertThat(refused.body()).contains("href=\"/t/shop/login\"");
    }

    /** Trying wrong passwords keeps no page alive. */
    @Test
    void showingThePageAgainDoesNotProlongIt() {
        RawReply page = browser.get(AUTHORIZE);
        gateway.node.clock.pass(Duration.ofMinutes(14));
        RawReply again = submit(browser, page, "ada", "wrong");
        gateway.node.clock.pass(Duration.ofMinutes(2));

        assertTooOld(submit(browser, again, "ada", PASSWORD));
    }

    @Test
    void aBoxThatWasTouchedIsRefused() {
        RawReply page = browser.get(AUTHORIZE);
        String box = TestBrowser.field(page, "request");
        for (int at : new int[] {0, 5, 20, box.length() / 2, box.length() - 2}) {
            char other = box.charAt(at) == 'A' ? 'B' : 'A';
            String touched = box.substring(0, at) + other + box.substring(at + 1);
            assertTooOld(browser.post(
                    "/login", TestBrowser.form("username", "ada", "password", PASSWORD, "request", touched)));
        }
        assertTooOld(browser.post(
                "/login", TestBrowser.form("username", "ada", "password", PASSWORD, "request", box + "AAAA")));
        assertNobodyWasAsked();
    }

    @Test
    void aBoxForOneFormOpensNoOther() {
        RawReply loginPage = browser.get(AUTHORIZE);
        String loginBox = TestBrowser.field(loginPage, "request");
        RawReply begun = submit(browser, loginPage, "ada", PASSWORD);
        String resumeBox = begun.header("location").substring("/oauth2/authorize?resume=".length());
        String consentBox = TestBrowser.field(browser.follow(begun), "request");

        assertTooOld(browser.get("/oauth2/authorize?resume=" + loginBox));
        assertTooOld(browser.get("/oauth2/authorize?resume=" + consentBox));
        assertTooOld(browser.post("/consent", TestBrowser.form("decision", "allow", "request", loginBox)));
        assertTooOld(browser.post("/consent", TestBrowser.form("decision", "allow", "request", resumeBox)));
        assertTooOld(browser.post(
                "/login", TestBrowser.form("username", "ada", "password", PASSWORD, "request", consentBox)));
    }

    @Test
    void aRequestIsResumedInItsOwnBrowserOnly() {
        consented.add("web");
        RawReply begun = logIn(browser, AUTHORIZE);
        TestBrowser thief = new TestBrowser(gateway);
        logIn(thief, AUTHORIZE);

        assertTooOld(thief.follow(begun));
        assertTooOld(new TestBrowser(gateway).follow(begun));
    }

    /** Session fixation: whatever the browser showed before, a login gives it a secret that nobody knows. */
    @Test
    void aLoginReplacesTheSecretAndTheOldOneIsDead() {
        consented.add("web");
        logIn(browser, AUTHORIZE);
        TestBrowser thief = new TestBrowser(gateway);
        thief.cookies.putAll(browser.cookies);
        assertCode(thief.get(AUTHORIZE));

        gateway.node.clock.pass(Duration.ofSeconds(1));
        RawReply again = logIn(browser, AUTHORIZE + "&prompt=login");
        assertThat(browser.cookies.get(SESSION)).isNotEqualTo(thief.cookies.get(SESSION));
        assertThat(browser.cookies.get(SESSION))
                .startsWith(thief.cookies.get(SESSION).substring(0, 24));
        assertCode(browser.follow(again));
        assertPage(thief.get(AUTHORIZE), 200, "Log in");
    }

    @Test
    void aPlantedSessionCookieIsNotKept() {
        String planted = "A".repeat(67);
        browser.cookies.put(SESSION, planted);
        assertPage(browser.get(AUTHORIZE), 200, "Log in");
        logIn(browser, AUTHORIZE);

        assertThat(browser.cookies.get(SESSION)).isNotEqualTo(planted);
        SessionProof before = SessionToken.parse(planted).proof();
        assertThat(gateway.node.askedOnce(Sessions.Begin.class).current()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/consent", "/oauth2/authorize"})
    void nothingButALoginSetsASession(String path) {
        assertThat(browser.get("/oauth2/authorize?" + REQUEST).headers().get("set-cookie"))
                .noneMatch(line -> line.contains("session"));
        browser.post(path, REQUEST + "&username=ada&password=wrong&decision=allow");

        assertThat(browser.cookies).doesNotContainKey(SESSION);
    }

    @Test
    void tenantsShareNeitherCookiesNorBoxes() {
        consented.add("web");
        RawReply begun = logIn(browser, "/t/shop" + AUTHORIZE);
        assertThat(begun.header("location")).startsWith("/t/shop/oauth2/authorize?resume=");
        assertThat(browser.cookies).containsKeys(SESSION + "-shop", BROWSER + "-shop");
        assertCode(browser.follow(begun));

        gateway.node.clock.pass(Duration.ofSeconds(1));
        // the same values under the other tenant's names, as whoever owns the browser can put them there
        browser.cookies.put(SESSION, browser.cookies.get(SESSION + "-shop"));
        browser.cookies.put(BROWSER, browser.cookies.get(BROWSER + "-shop"));
        RawReply page = browser.get(AUTHORIZE);
        assertPage(page, 200, "Log in");
        String shopBox = TestBrowser.field(browser.get("/t/shop" + AUTHORIZE + "&prompt=login"), "request");
        assertTooOld(
                browser.post("/login", TestBrowser.form("username", "ada", "password", PASSWORD, "request", shopBox)));
        assertTooOld(browser.get(begun.header("location").substring("/t/shop".length())));
    }

    @Test
    void whatIsTypedIsNeverMarkup() {
        RawReply page = submit(browser, browser.get(AUTHORIZE), "\"><script>alert(1)</script>", "wrong");

        assertThat(page.body()).doesNotContain("<script");
    }
}
