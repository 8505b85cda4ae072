package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Sessions;
import io.gatehouse.common.message.Sessions.PasswordChange;
import io.gatehouse.common.message.Sessions.PasswordRefusal;
import io.gatehouse.gateway.http.RawReply;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changing the password. */
class PasswordPageTest extends AccountCase {
    private static final String FRESH = "paper boats float";

    @BeforeEach
    void begin() {
        logIn();
    }

    private RawReply change(String current, String fresh, String again) {
        String box = TestBrowser.field(browser.get("/account/password"), "box");
        return browser.post(
                "/account/password", TestBrowser.form("box", box, "current", current, "new", fresh, "again", again));
    }

    private static void assertProblem(RawReply page, int status, String field, String text) {
        assertPage(page, status, "Change password");
        assertThat(page.body())
                .contains("<p class=\"flaw\" id=\"" + field + "-problem\" role=\"alert\">" + text + "</p>")
                .containsPattern("<input id=\"" + field + "\"[^>]* aria-invalid=\"true\" aria-describedby=\"" + field
                        + "-problem");
        assertThat(page.body().split("aria-invalid", -1)).hasSize(2);
    }

    @Test
    void aChangeGoesOnUnderANewSecret() {
        String before = browser.cookies.get(SESSION);
        RawReply reply = change(PASSWORD, FRESH, FRESH);

        assertThat(reply.status()).isEqualTo(303);
        assertThat(reply.header("location")).isEqualTo("/account?done=password");
        assertThat(browser.cookies.get(SESSION)).isNotEqualTo(before);
        assertThat(browser.follow(reply).body()).contains("Your password is changed.");
        Sessions.ChangePassword asked = gateway.node.askedOnce(Sessions.ChangePassword.class);
        assertThat(asked.current().reveal()).isEqualTo(PASSWORD);
        assertThat(asked.replacement().reveal()).isEqualTo(FRESH);
        assertThat(asked.remoteAddress()).isEqualTo("127.0.0.1");
    }

    @Test
    void aWrongPasswordIsSaidBesideItsField() {
        assertProblem(change("wrong", FRESH, FRESH), 400, "current", "This is not your current password.");
        assertProblem(change("x".repeat(1025), FRESH, FRESH), 400, "current", "This is not your current password.");
    }

    @ParameterizedTest
    @CsvSource({
        "'', new long one, new long one, current",
        "current, '', new long one, new",
        "current, new long one, '', again"
    })
    void everyFieldMustBeFilledIn(String current, String fresh, String again, String field) {
        assertProblem(change(current, fresh, again), 400, field, "Please fill in this field.");
        assertThat(gateway.node.asked(Sessions.ChangePassword.class)).isEmpty();
    }

    @Test
    void bothNewOnesMustBeTheSame() {
        assertProblem(change(PASSWORD, FRESH, FRESH + " "), 400, "again", "The two new passwords are not the same.");
        assertThat(gateway.node.asked(Sessions.ChangePassword.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "TOO_SHORT, The new password is too short.",
        "TOO_LONG, The new password is too long.",
        "SAME_AS_BEFORE, The new password is the same as the current one."
    })
    void whatTheStoreRefusesIsSaidBesideTheNewOne(PasswordRefusal reason, String text) {
        gateway.node.on(Sessions.ChangePassword.class, asked -> new PasswordChange.Refused(reason));

        assertProblem(change(PASSWORD, FRESH, FRESH), 400, "new", text);
    }

    @Test
    void aHugePasswordIsNotEvenAskedAbout() {
        String huge = "\u00e4".repeat(600);

        assertProblem(change(PASSWORD, huge, huge), 400, "new", "The new password is too long.");
        assertThat(gateway.node.asked(Sessions.ChangePassword.class)).isEmpty();
    }

    @Test
    void tooManyAttemptsAreSaidOnTop() {
        gateway.node.failing(Sessions.ChangePassword.class, new OAuthError.Throttled(Duration.ofSeconds(42)));
        RawReply page = change(PASSWORD, FRESH, FRESH);

        assertPage(page, 429, "Change password");
        assertThat(page.header("retry-after")).isEqualTo("42");
        assertThat(page.body())
                .contains("<p class=\"alarm\" role=\"alert\">There have been too many attempts."
                        + " Please try again in 42 seconds.");
    }

    @Test
    void whoIsLoggedOutMeanwhileLogsInAgain() {
        String box = TestBrowser.field(browser.get("/account/password"), "box");
        living("main").clear();
        RawReply reply = browser.post(
                "/account/password", TestBrowser.form("box", box, "current", "a", "new", "b", "again", "b"));

        assertThat(reply.status()).isEqualTo(303);
        assertThat(reply.header("location")).isEqualTo("/login");
    }

    @Test
    void noPasswordIsEverWrittenBack() {
        assertThat(change("wrong one", FRESH, FRESH).body()).doesNotContain("wrong one", FRESH);
    }
}
