package io.gatehouse.deploy.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** The way from a client through login and consent and back, as somebody in front of a browser goes it. */
class LoginInBrowserTest {
    @RegisterExtension
    static final Stage STAGE = new Stage();

    private final Visitor visitor = STAGE.visitor();

    /** What the client is sent where all went well. */
    private void assertCode(String state) {
        Map<String, String> answer = visitor.atClient().parameters();
        assertThat(answer).containsEntry("state", state).containsKey("code").doesNotContainKey("error");
        assertThat(answer.get("iss")).isEqualTo(STAGE.provider().toString());
    }

    @Test
    void theFirstLoginAsksForPasswordAndConsentAndTheSecondForNeither() {
        String first = visitor.comeFromApp("scope", "openid phone");
        assertThat(visitor.text(".lead")).contains(Stage.APP_NAME);
        visitor.logIn();
        assertThat(visitor.heading()).contains(Stage.APP_NAME);
        assertThat(visitor.texts(".may li")).contains("see your phone number");
        visitor.allow();
        assertCode(first);

        String second = visitor.comeFromApp("scope", "openid phone");
        assertCode(second);

        visitor.comeFromApp("scope", "openid phone offline_access", "prompt", "consent");
        assertThat(visitor.sees("button[value=allow]")).isTrue();
    }

    @Test
    void aProgramOnTheComputerIsAskedForEachTime() {
        for (int time = 0; time < 2; time++) {
            visitor.comeFromNativeApp();
            if (time == 0) {
                visitor.logIn();
            }
            assertThat(visitor.text("[role=note]")).contains("Nobody can check");
            visitor.allow();
            assertThat(visitor.atClient().parameters()).containsKey("code");
        }
    }

    @Test
    void aRefusedConsentIsToldToTheClient() {
        String state = visitor.comeFromApp("prompt", "consent");
        visitor.logIn();
        visitor.deny();
        assertThat(visitor.atClient().parameters())
                .containsEntry("error", "access_denied")
                .containsEntry("state", state)
                .doesNotContainKey("code");
    }

    @Test
    void aWrongPasswordIsAnnouncedAndNameStaysWhereItWas() {
        String state = visitor.comeFromApp();
        visitor.fillIn("wrong");
        visitor.submit();
        WebElement problem = STAGE.browser().driver().findElement(By.cssSelector("[role=alert]"));
        assertThat(problem.getText()).isEqualTo("User name or password is not right. Please try again.");
        for (String field : new String[] {"username", "password"}) {
            WebElement input = STAGE.browser().driver().findElement(By.id(field));
            assertThat(input.getDomAttribute("aria-describedby")).isEqualTo(problem.getDomAttribute("id"));
        }
        assertThat(field("username")).isEqualTo("ada");
        assertThat(field("password")).isEmpty();
        assertThat(visitor.focused().getDomAttribute("id")).isEqualTo("password");
        assertThat(STAGE.client().hasReceived()).isFalse();
        visitor.logIn();
        goOn(state);
    }

    /** Consent may have been given by another test of this class. */
    private void goOn(String state) {
        if (!visitor.isAtClient()) {
            visitor.allow();
        }
        assertCode(state);
    }

    private static String field(String id) {
        return STAGE.browser().driver().findElement(By.id(id)).getDomProperty("value");
    }

    @Test
    void promptNoneNeverShowsAPage() {
        visitor.comeFromApp("prompt", "none");
        assertThat(visitor.atClient().parameters()).containsEntry("error", "login_required");
        visitor.comeFromApp("scope", "openid email");
        visitor.logIn();
        if (!visitor.isAtClient()) {
            visitor.allow();
        }
        visitor.atClient();
        assertCode(visitor.comeFromApp("scope", "openid email", "prompt", "none"));
    }

    @Test
    void anOldLoginIsAskedForAgainAndANewOneIsNot() {
        goOn(loggedIn("max_age", "3600"));
        assertCode(visitor.comeFromApp("max_age", "3600"));
        String state = visitor.comeFromApp("max_age", "0");
        assertThat(visitor.text(".lead")).startsWith("Please log in once more");
        visitor.logIn();
        assertCode(state);
    }

    private String loggedIn(String... changes) {
        String state = visitor.comeFromApp(changes);
        visitor.logIn();
        return state;
    }

    @Test
    void logoutAsksLeadsBackToTheClientAndTheNextRequestNeedsAPassword() {
        goOn(loggedIn());
        visitor.open("/oauth2/logout?" + Visitor.query(logout()));
        assertThat(visitor.heading()).isEqualTo("Log out?");
        visitor.press(By.cssSelector(".choice button"));
        visitor.await().until(driver -> visitor.isAtClient());
        assertThat(STAGE.browser().driver().getCurrentUrl())
                .isEqualTo(STAGE.client().uri("/logged-out") + "?state=after");
        visitor.comeFromApp();
        assertThat(visitor.sees("#password")).isTrue();
    }

    private static Map<String, String> logout() {
        return Map.of(
                "client_id",
                Stage.APP,
                "post_logout_redirect_uri",
                STAGE.client().uri("/logged-out"),
                "state",
                "after");
    }

    @Test
    void logoutWithoutAClientEndsOnAPageThatSaysSo() {
        goOn(loggedIn());
        visitor.open("/oauth2/logout");
        visitor.press(By.cssSelector(".choice button"));
        assertThat(visitor.heading()).isEqualTo("You are logged out");
        visitor.open("/account");
        assertThat(visitor.sees("#password")).isTrue();
    }

    @Test
    void formPostReachesTheClientByItself() {
        String state = loggedIn("response_mode", "form_post");
        if (visitor.sees("button[value=allow]")) {
            visitor.allow();
        }
        ClientSite.Received received = visitor.atClient();
        assertThat(received.method()).isEqualTo("POST");
        assertThat(received.parameters()).containsEntry("state", state).containsKey("code");
        assertThat(STAGE.browser().driver().getCurrentUrl())
                .isEqualTo(STAGE.client().redirectUri());
    }

    @Test
    void theBrowserChoosesTheLanguage() {
        STAGE.browser().speak("de-AT,de;q=0.9,en;q=0.5");
        visitor.comeFromApp("prompt", "consent");
        assertThat(visitor.heading()).isEqualTo("Anmelden");
        assertThat(STAGE.browser().driver().findElement(By.tagName("html")).getDomAttribute("lang"))
                .isEqualTo("de");
        visitor.fillIn("falsch");
        visitor.submit();
        assertThat(visitor.text("[role=alert]")).contains("Bitte");
        visitor.logIn();
        assertThat(visitor.text("button[value=allow]")).isEqualTo("Erlauben");
    }

    @Test
    void anUnknownRedirectUriIsExplainedOnOurOwnPage() {
        visitor.comeFromApp("redirect_uri", STAGE.client().uri("/elsewhere"));
        assertThat(visitor.heading()).isEqualTo("That did not work");
        assertThat(visitor.sees("[role=alert]")).isTrue();
        assertThat(STAGE.client().hasReceived()).isFalse();
    }
}
