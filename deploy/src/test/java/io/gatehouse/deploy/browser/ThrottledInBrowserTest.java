package io.gatehouse.deploy.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever guesses too often reads why nothing goes on, and the right password does not help then. */
class ThrottledInBrowserTest {
    @RegisterExtension
    static final Stage STAGE = new Stage().with("limits.login_failures_per_account_and_address", "2/PT15M");

    private final Visitor visitor = STAGE.visitor();

    @Test
    void theThirdGuessIsNotLookedAt() throws IOException {
        visitor.comeFromApp();
        for (int guess = 0; guess < 2; guess++) {
            visitor.fillIn("wrong");
            visitor.submit();
            assertThat(visitor.text("[role=alert]")).startsWith("User name or password is not right.");
        }
        visitor.logIn();
        assertThat(visitor.text("[role=alert]"))
                .matches("There have been too many attempts\\. Please try again in \\d+ (minute|second)s?\\.");
        STAGE.browser().photograph("login-throttled");
        assertThat(visitor.sees("#password")).isTrue();
        assertThat(STAGE.browser()
                        .driver()
                        .executeScript("return performance.getEntriesByType('navigation')[0].responseStatus"))
                .isEqualTo(429L);
        assertThat(STAGE.client().hasReceived()).isFalse();
    }
}
