package io.gatehouse.deploy.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Guessing is bounded, and what the bound says does not depend on whether there is such an account. */
class ThrottleFlowTest {
    @RegisterExtension
    static final RunningNode NODE = new RunningNode()
            .with("limits.login_failures_per_account_and_address", "3/PT15M")
            .with("limits.login_attempts_per_address", "off")
            .with("limits.password_hashing_queue", "2")
            .with("limits.password_hashing_threads", "1");

    private final Caller caller = NODE.caller();

    @Test
    void theFourthFailureIsThrottledWhetherTheAccountExistsOrNot() {
        for (String username : List.of("admin", "nobody")) {
            for (int i = 0; i < 3; i++) {
                assertThat(guess(username, "wrong").status()).isEqualTo(401);
            }
            Answer throttled = guess(username, "wrong");
            assertThat(throttled.status()).isEqualTo(429);
            assertThat(Integer.parseInt(throttled.header("Retry-After"))).isPositive();
            assertThat(throttled.header("Content-Type")).isEqualTo("application/problem+json");
        }
        // The right password does not tell itself either.
        assertThat(guess("admin", "admin-demo-password").status()).isEqualTo(429);
        assertThat(guess("ADMIN", "admin-demo-password").status()).isEqualTo(429);
    }

    @Test
    void aFullQueueIsAnsweredAtOnceWith429AndOthersAreServed() {
        List<CompletableFuture<Answer>> storm = IntStream.range(0, 40)
                .mapToObj(i ->
                        caller.postLater("/auth/login", null, "username", "storm" + i, "password", "does not matter"))
                .toList();
        assertThat(caller.post("/oauth2/token", Caller.DEMO, "grant_type", "client_credentials")
                        .status())
                .isEqualTo(200);
        List<Integer> statuses =
                storm.stream().map(answer -> answer.join().status()).toList();
        assertThat(statuses).contains(429).allMatch(status -> status == 429 || status == 401);
    }

    @Test
    void aSuccessDoesNotCount() {
        for (int i = 0; i < 8; i++) {
            assertThat(guess("ada", RunningNode.ADA_PASSWORD).status()).isEqualTo(200);
        }
    }

    private Answer guess(String username, String password) {
        return caller.post("/auth/login", null, "username", username, "password", password);
    }
}
