package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.Codes;
import io.gatehouse.common.message.Codes.Consenting;
import io.gatehouse.gateway.http.RawReply;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The question whether a client may have what it asks for, and who may answer it. */
class ConsentPageTest extends PageCase {
    private RawReply page;

    @BeforeEach
    void ask() {
        page = browser.follow(logIn(browser, AUTHORIZE));
    }

    private Consenting lastConsent() {
        return gateway.node.asked(Codes.PutBySession.class).getLast().consent();
    }

    @Test
    void thePageSaysWhoAsksForWhat() {
        assertPage(page, 200, "Paper &lt;Boat&gt; asks for access");
        assertThat(page.body())
                .contains("You are logged in as Ada &lt;Lovelace&gt;.")
                .contains("<li>see your name and the rest of your profile</li>")
                .doesNotContain("know that it is you");
        assertThat(page.header("content-security-policy")).contains("; form-action 'self' https://app.example.org; ");
    }

    @Test
    void whatIsAllowedGoesToTheClientAndIsNotAskedAgain() {
        RawReply reply = decide(browser, page, "allow");

        assertThat(reply.status()).isEqualTo(303);
        assertCode(reply);
        assertThat(lastConsent()).isEqualTo(Consenting.GIVEN);
        assertCode(browser.get(AUTHORIZE));
    }

    @Test
    void whatIsRefusedGoesToTheClientToo() {
        RawReply reply = decide(browser, page, "deny");

        assertThat(reply.status()).isEqualTo(303);
        assertThat(reply.header("location"))
                .startsWith(CALLBACK + "?error=access_denied&")
                .contains("&state=a+b%26c&")
                .doesNotContain("code=");
        assertThat(consented).isEmpty();
    }

    @Test
    void anythingElseIsNoDecision() {
        assertErrorPage(decide(browser, page, "perhaps"), 400, "decision must be");
        assertErrorPage(browser.post("/consent", "request=x"), 400, "decision is missing");
        assertThat(consented).isEmpty();
    }

    /** CSRF: another site knows no box of this browser. */
    @Test
    void aFormWithoutThisBrowsersBoxIsRefused() {
        TestBrowser thief = new TestBrowser(gateway);
        RawReply theirs = thief.follow(logIn(thief, AUTHORIZE));

        assertTooOld(browser.post("/consent", "decision=allow"));
        assertTooOld(decide(browser, theirs, "allow"));
        assertTooOld(browser.post("/consent", "decision=deny"));
        assertThat(consented).isEmpty();
    }

    @Test
    void aBoxOfFifteenMinutesAgoIsRefused() {
        gateway.node.clock.pass(Duration.ofMinutes(15));

        assertTooOld(decide(browser, page, "allow"));
    }

    /** Code injection between sessions: what one user was asked, another one does not answer. */
    @Test
    void anotherSessionsAnswerIsAskedAgain() {
        String before = browser.cookies.remove(SESSION);
        logIn(browser, AUTHORIZE);
        assertThat(browser.cookies.get(SESSION)).isNotEqualTo(before);
        int puts = gateway.node.asked(Codes.PutBySession.class).size();
        RawReply reply = decide(browser, page, "allow");

        assertThat(reply.status()).isEqualTo(303);
        assertThat(consented).isEmpty();
        assertThat(gateway.node.asked(Codes.PutBySession.class).stream().skip(puts))
                .noneMatch(put -> put.consent() == Consenting.GIVEN);
        assertPage(browser.follow(reply), 200, "Paper &lt;Boat&gt; asks for access");
    }

    /** The form is good for fifteen minutes: what its user took back since does not come back by it. */
    @Test
    void anAnswerSentAgainDoesNotBringBackWhatWasWithdrawn() {
        decide(browser, page, "allow");
        consented.clear();
        consentEpoch++;
        RawReply reply = decide(browser, page, "allow");

        assertThat(reply.status()).isEqualTo(303);
        assertThat(consented).isEmpty();
        RawReply asked = browser.follow(reply);
        assertPage(asked, 200, "Paper &lt;Boat&gt; asks for access");
        assertCode(decide(browser, asked, "allow"));
    }

    @Test
    void withoutASessionALoginComesFirst() {
        browser.cookies.remove(SESSION);
        RawReply reply = decide(browser, page, "allow");

        assertThat(reply.status()).isEqualTo(303);
        assertPage(browser.follow(reply), 200, "Log in");
        assertThat(consented).isEmpty();
    }

    @Test
    void aSessionThatEndedMeanwhileAllowsNothing() {
        living("main").clear();
        RawReply reply = decide(browser, page, "allow");

        assertPage(browser.follow(reply), 200, "Log in");
        assertThat(consented).isEmpty();
    }

    @Test
    void theOperatorsWordsForAScopeComeBeforeOurs() {
        String asked = AUTHORIZE.replace("openid+profile", "profile+email+api+offline_access");

        assertThat(browser.get(asked).body())
                .contains("<li>see your name and the rest of your profile</li>")
                .contains("<li>write to you</li>")
                .contains("<li>row &lt;your&gt; boats</li>");
        assertThat(browser.get(asked, "Accept-Language: de").body())
                .contains("<li>write to you</li>")
                .contains("<li>Ihre Boote rudern</li>");
    }

    @Test
    void claimsBeyondTheScopeAreShownToo() {
        String claims = TestBrowser.form("claims", "{\"userinfo\":{\"email\":null,\"birthdate\":null}}");
        RawReply asked = browser.get(AUTHORIZE + "&" + claims);

        assertThat(asked.body()).contains("<li>write to you</li>");
    }
}
