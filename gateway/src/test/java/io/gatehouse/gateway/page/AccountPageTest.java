package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Sessions;
import io.gatehouse.gateway.http.RawReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody sees of the own account, and can do there. */
class AccountPageTest extends AccountCase {
    private RawReply send(String path, String... fields) {
        String box = TestBrowser.field(browser.get("/account"), "box");
        return browser.post(path, TestBrowser.form("box", box) + "&" + TestBrowser.form(fields));
    }

    private static void assertLeads(RawReply reply, String location) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(303);
        assertThat(reply.header("location")).isEqualTo(location);
    }

    @Test
    void itShowsProfileSessionsAndConsents() {
        logIn();
        RawReply page = browser.get("/account");

        assertPage(page, 200, "Your account");
        assertThat(page.body())
                .contains("Logged in as Ada &lt;Lovelace&gt;", "<dd>ada</dd>")
                .contains("Firefox, Linux <span class=\"tag here\">This browser</span>")
                .contains("Unknown device", "Last used 4 May 2026, 03:02 UTC")
                .contains("Paper &lt;Boat&gt;", "<li>write to you</li>", "<li>row &lt;your&gt; boats</li>");
    }

    @ParameterizedTest
    @CsvSource({"0,", "1, left: 9.</p>", "7, left: 3.</p>", "8, left: 2. For new ones", "10, left: 0. For new ones"})
    void itTellsHowManyRecoveryCodesAreLeftOnceOneWasUsed(int spent, String told) {
        spentRecoveryCodes = spent;
        logIn();
        String page = browser.get("/account").body();
        if (told == null) {
            assertThat(page).doesNotContain("Recovery codes");
        } else {
            assertThat(page).contains("Recovery codes " + told);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/account", "/account/password"})
    void whoIsNotLoggedInIsAskedTo(String path) {
        assertLeads(browser.get(path), "/login");

        logIn();
        living("main").clear();
        assertLeads(browser.get(path), "/login");
    }

    @Test
    void anotherTenantsPagesStayThere() {
        logIn(browser, "/t/shop/login");

        assertLeads(browser.get("/account"), "/login");
        assertThat(browser.get("/t/shop/account").body()).contains("action=\"/t/shop/account/logout\"");
    }

    @Test
    void anotherDeviceCanBeLoggedOut() {
        logIn();

        assertLeads(send("/account/sessions/end", "sid", OTHER), "/account?done=session");
        assertThat(gateway.node.askedOnce(Sessions.End.class).sid()).isEqualTo(OTHER);
        assertThat(browser.get("/account?done=session").body()).contains("The device has been logged out.");
    }

    @Test
    void oneThatIsGoneIsSaidToBe() {
        logIn();
        String gone = OTHER.substring(0, 20) + "AAAA";

        assertLeads(send("/account/sessions/end", "sid", gone), "/account?done=nothing");
    }

    @ParameterizedTest
    @CsvSource({"sid,x", "sid,''", "x,y"})
    void aDeviceThatIsNoneIsRefused(String field, String value) {
        logIn();

        assertErrorPage(send("/account/sessions/end", field, value), 400, "sid");
        assertThat(gateway.node.asked(Sessions.End.class)).isEmpty();
    }

    @Test
    void aConsentCanBeTakenBack() {
        logIn();

        assertLeads(send("/account/consents/withdraw", "client_id", "web"), "/account?done=consent");
        assertThat(gateway.node.askedOnce(Sessions.Withdraw.class).clientId()).isEqualTo("web");
        assertLeads(send("/account/consents/withdraw", "client_id", "nobody"), "/account?done=nothing");
    }

    @Test
    void loggingOutEndsTheSessionAndRemovesTheCookie() {
        logIn();
        RawReply reply = send("/account/logout");

        assertLeads(reply, "/oauth2/logout");
        assertThat(reply.header("set-cookie"))
                .isEqualTo(SESSION + "=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0");
        assertThat(living("main")).isEmpty();
        assertPage(browser.follow(reply), 200, "You are logged out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/account/logout", "/account/sessions/end", "/account/consents/withdraw", "/account/password"})
    void aFormThatWasNotShownToThisBrowserInThisSessionIsRefused(String path) {
        logIn();
        String own = TestBrowser.field(browser.get("/account"), "box");
        TestBrowser other = new TestBrowser(gateway);
        logIn(other, "/login");
        String foreign = TestBrowser.field(other.get("/account"), "box");
        String fields = "&client_id=web&sid=" + OTHER + "&current=a&new=b&again=b";
        int before = gateway.node.asked.size();

        assertTooOld(browser.post(path, fields));
        assertTooOld(browser.post(path, "box=" + foreign + fields));
        assertTooOld(browser.post(
                path, "box=" + own.replace(own.charAt(30), own.charAt(30) == 'A' ? 'B' : 'A') + fields));
        // the same browser, after another login
        living("main").clear();
        logIn();
        RawReply tooOld = browser.post(path, "box=" + own + fields);
        assertTooOld(tooOld);
        assertThat(tooOld.body())
                .contains("Nothing was changed.")
                .contains("<a class=\"button quiet\" href=\"/account\">Go to your account</a>");
        assertThat(gateway.node.asked.stream().skip(before))
                .noneMatch(asked -> asked instanceof Sessions.End
                        || asked instanceof Sessions.Withdraw
                        || asked instanceof Sessions.ChangePassword);
    }

    @Test
    void aLinkCanNotPutWordsIntoThePage() {
        logIn();

        assertThat(browser.get("/account?done=%3Cb%3Ehacked").body()).doesNotContain("hacked", "class=\"done\"");
    }

    @Test
    void aStoreThatIsAwayIsAnErrorPage() {
        logIn();
        gateway.node.failing(Sessions.Overview.class, new OAuthError.Unavailable("store"));
        RawReply page = browser.get("/account", "Accept-Language: de");

        assertPage(page, 503, "Das hat nicht geklappt");
        assertThat(page.header("retry-after")).isEqualTo("1");
    }
}
