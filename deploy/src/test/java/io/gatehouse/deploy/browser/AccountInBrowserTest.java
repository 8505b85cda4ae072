package io.gatehouse.deploy.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;

/** What people see of their own account, and what they can change there. */
class AccountInBrowserTest {
    private static final By END = By.cssSelector("button[name=sid]");
    private static final By WITHDRAW = By.cssSelector("button[name=client_id]");

    @RegisterExtension
    static final Stage STAGE = new Stage();

    private final Visitor visitor = STAGE.visitor();

    @BeforeEach
    void logIn() {
        logInTo("app");
    }

    private void logInTo(String what) {
        visitor.comeFromApp("scope", "openid profile", "prompt", "consent");
        visitor.logIn();
        visitor.allow();
        visitor.atClient();
        visitor.open("/account");
        assertThat(visitor.heading()).as(what).isEqualTo("Your account");
    }

    @Test
    void theProfileIsShown() {
        assertThat(visitor.texts("dd")).contains("Ada Lovelace", "ada").anyMatch(line -> line.contains("example.org"));
        assertThat(visitor.texts(".tag")).contains("not confirmed");
    }

    @Test
    void anotherSessionIsListedAndEnded() {
        // A browser that lost its cookies leaves a session behind.
        STAGE.browser().reset();
        logInTo("again");
        int sessions = visitor.texts("button[name=sid]").size();
        assertThat(sessions).isPositive();
        assertThat(visitor.texts(".tag.here")).hasSize(1);
        visitor.press(END);
        assertThat(visitor.text("[role=status]")).isEqualTo("The device has been logged out.");
        assertThat(visitor.texts("button[name=sid]")).hasSize(sessions - 1);
    }

    @Test
    void aWithdrawnConsentIsAskedForAgain() {
        assertThat(visitor.text("[aria-labelledby=consents]")).contains(Stage.APP_NAME);
        visitor.press(WITHDRAW);
        assertThat(visitor.text("[role=status]")).startsWith("The app has no access");
        assertThat(visitor.text("[aria-labelledby=consents]")).contains("No app has access");
        visitor.comeFromApp("scope", "openid profile");
        assertThat(visitor.sees("button[value=allow]")).isTrue();
    }

    @Test
    void thePasswordIsChangedAndMistakesAreExplainedAtTheirField() {
        visitor.press(By.linkText("Change password"));
        change("not the password", "another password of ada", "another password of ada");
        assertDescribed("current", "This is not your current password.");
        change(Stage.PASSWORD, "short", "short");
        assertDescribed("new", "The new password is too short.");
        change(Stage.PASSWORD, "another password of ada", "yet another password");
        assertDescribed("again", "The two new passwords are not the same.");
        change(Stage.PASSWORD, "another password of ada", "another password of ada");
        assertThat(visitor.text("[role=status]")).startsWith("Your password is changed.");
        assertThat(visitor.texts("button[name=sid]")).as("other sessions").isEmpty();
        changeBack();
    }

    /** For the other tests of this class. */
    private void changeBack() {
        visitor.press(By.linkText("Change password"));
        change("another password of ada", Stage.PASSWORD, Stage.PASSWORD);
        assertThat(visitor.text("[role=status]")).startsWith("Your password is changed.");
    }

    private void change(String current, String wanted, String again) {
        visitor.type("current", current);
        visitor.type("new", wanted);
        visitor.type("again", again);
        visitor.press(By.cssSelector(".choice button"));
    }

    private void assertDescribed(String field, String problem) {
        var input = STAGE.browser().driver().findElement(By.id(field));
        assertThat(input.getDomAttribute("aria-invalid")).isEqualTo("true");
        assertThat(input.getDomAttribute("aria-describedby").split(" ")).contains(field + "-problem");
        assertThat(visitor.text("#" + field + "-problem[role=alert]")).isEqualTo(problem);
    }

    @Test
    void logoutEndsTheSession() {
        visitor.press(By.cssSelector(".top button"));
        assertThat(visitor.heading()).isEqualTo("You are logged out");
        visitor.open("/account");
        assertThat(visitor.sees("#password")).isTrue();
    }

    /** A page that was left open when its session ended. */
    @Test
    void aFormOfAnEndedSessionDoesNothing() {
        String account = STAGE.browser().driver().getCurrentUrl();
        STAGE.browser().driver().manage().deleteAllCookies();
        assertThat(account).endsWith("/account");
        visitor.press(WITHDRAW);
        assertThat(visitor.heading()).isEqualTo("That did not work");
    }
}
