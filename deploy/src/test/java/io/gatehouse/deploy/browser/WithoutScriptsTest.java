package io.gatehouse.deploy.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;

/** Everything works in a browser that runs no scripts. */
class WithoutScriptsTest {
    @RegisterExtension
    static final Stage STAGE = new Stage();

    private final Visitor visitor = STAGE.visitor();

    @BeforeEach
    void switchOff() {
        STAGE.browser().allowScripts(false);
    }

    @Test
    void loginAndConsent() {
        String state = visitor.comeFromApp("prompt", "consent");
        visitor.fillIn("wrong");
        visitor.submit();
        assertThat(visitor.sees("[role=alert]")).isTrue();
        visitor.logIn();
        visitor.allow();
        assertThat(visitor.atClient().parameters())
                .containsEntry("state", state)
                .containsKey("code");
    }

    /** The script that would send the form does not run: its button does it. */
    @Test
    void formPostByItsButton() {
        visitor.comeFromApp("prompt", "consent", "response_mode", "form_post");
        visitor.logIn();
        visitor.allow();
        assertThat(visitor.text("main form > button")).isEqualTo("Continue");
        assertThat(STAGE.client().hasReceived()).isFalse();
        visitor.submit();
        ClientSite.Received received = visitor.atClient();
        assertThat(received.method()).isEqualTo("POST");
        assertThat(received.parameters()).containsKey("code");
    }

    @Test
    void aDeviceIsRefused() {
        visitor.open("/device?user_code=" + STAGE.userCode());
        visitor.logIn();
        visitor.submit();
        visitor.deny();
        assertThat(visitor.heading()).isEqualTo("Your device gets no access");
    }

    @Test
    void accountAndLogout() {
        visitor.open("/login");
        visitor.logIn();
        assertThat(visitor.heading()).isEqualTo("Your account");
        visitor.open("/oauth2/logout");
        visitor.press(By.cssSelector(".choice button"));
        assertThat(visitor.heading()).isEqualTo("You are logged out");
    }
}
