package io.gatehouse.deploy.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** Nobody needs a mouse, and everybody sees where they are. */
class KeyboardOnlyTest {
    @RegisterExtension
    static final Stage STAGE = new Stage();

    private final Visitor visitor = STAGE.visitor();

    @Test
    void loginAndConsentByTabAndEnter() {
        visitor.comeFromApp("prompt", "consent");
        assertFocused("username");
        press("ada", Keys.TAB);
        assertFocused("password");
        press(Stage.PASSWORD, Keys.TAB);
        assertVisiblyFocused();
        assertThat(visitor.focused().getText()).isEqualTo("Log in");
        leaveBy(Keys.ENTER);
        tabTo("Allow");
        leaveBy(Keys.ENTER);
        assertThat(visitor.atClient().parameters()).containsKey("code");
    }

    @Test
    void enterInAFieldSendsTheForm() {
        visitor.comeFromApp("prompt", "consent");
        press("ada", Keys.TAB, Stage.PASSWORD);
        leaveBy(Keys.ENTER);
        assertThat(visitor.sees("button[value=allow]")).isTrue();
        tabTo("Deny");
        leaveBy(Keys.SPACE);
        assertThat(visitor.atClient().parameters()).containsEntry("error", "access_denied");
    }

    @Test
    void allOfTheAccountIsReached() {
        visitor.open("/login");
        visitor.logIn();
        assertThat(visitor.heading()).isEqualTo("Your account");
        tabTo("Log out");
        tabTo("Change password");
        leaveBy(Keys.ENTER);
        assertFocused("current");
        press(Keys.TAB);
        assertFocused("new");
        press(Keys.TAB);
        assertFocused("again");
        tabTo("Cancel");
        leaveBy(Keys.ENTER);
        assertThat(visitor.heading()).isEqualTo("Your account");
    }

    @Test
    void aDeviceIsConnected() {
        visitor.open("/device");
        press("ada", Keys.TAB, Stage.PASSWORD);
        leaveBy(Keys.ENTER);
        assertFocused("user_code");
        press(STAGE.userCode().replace("-", "").toLowerCase(Locale.ROOT));
        leaveBy(Keys.ENTER);
        assertThat(visitor.heading()).isEqualTo("Do you want to give Example Player on your device access?");
        tabTo("Allow");
        leaveBy(Keys.ENTER);
        assertThat(visitor.heading()).isEqualTo("Your device is connected");
    }

    private void assertFocused(String id) {
        assertThat(visitor.focused().getDomAttribute("id")).isEqualTo(id);
        assertVisiblyFocused();
    }

    private void assertVisiblyFocused() {
        WebElement focused = visitor.focused();
        assertThat(focused.getCssValue("outline-style")).isEqualTo("solid");
        assertThat(focused.getCssValue("outline-width")).isEqualTo("3px");
    }

    /** Each stop on the way is one that can be seen. */
    private void tabTo(String text) {
        for (int stops = 0; stops < 12; stops++) {
            press(Keys.TAB);
            assertVisiblyFocused();
            if (visitor.focused().getText().equals(text)) {
                return;
            }
        }
        throw new AssertionError("the keyboard does not reach " + text);
    }

    private void leaveBy(Keys key) {
        visitor.leave(() -> press(key));
    }

    private static void press(CharSequence... keys) {
        new Actions(STAGE.browser().driver()).sendKeys(keys).perform();
    }
}
