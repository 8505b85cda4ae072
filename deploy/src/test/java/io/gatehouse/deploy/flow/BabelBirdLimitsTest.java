package io.gatehouse.deploy.flow;

import static io.gatehouse.deploy.flow.BabelBirdCaller.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A JWT without any time can come again for ever, but not as often as one likes. */
class BabelBirdLimitsTest {
    @RegisterExtension
    static final RunningNode NODE = RunningNode.demo().with("limits.undated_logins_per_client", "3/PT15M");

    private final BabelBirdCaller api = new BabelBirdCaller(NODE.caller());

    @Test
    void theFourthUndatedLoginIs429AndDatedOnesGoOn() {
        String jwt = ClientJwtText.demo("{\"client_id\":\"demo\"}");
        for (int i = 0; i < 3; i++) {
            assertThat(api.authorizeBy("demo", jwt).status()).isEqualTo(200);
        }
        Answer throttled = api.authorizeBy("demo", jwt, "email", "ada@example.org");
        assertError(throttled, 429, "temporarily_unavailable", 42900);
        assertThat(Integer.parseInt(throttled.header("Retry-After"))).isPositive();
        assertThat(api.authorizeDemo().status()).isEqualTo(200);
    }

    /** Whoever sees it can name users beside it: not without end. */
    @Test
    void oneDatedJwtIsGoodForAHundredUsers() {
        String jwt = ClientJwtText.demo(
                "{\"client_id\":\"demo\",\"iat\":" + Instant.now().getEpochSecond() + "}");
        assertThat(api.authorizeBy("demo", jwt, "email", "ada@example.org").status())
                .isEqualTo(200);
        for (int i = 1; i < 100; i++) {
            assertThat(api.authorizeBy("demo", jwt, "babelId", "nobody-" + i).status())
                    .isEqualTo(403);
        }
        assertError(api.authorizeBy("demo", jwt, "babelId", "E-2"), 429, "temporarily_unavailable", 42900);
        assertThat(api.authorizeDemo("babelId", "E-2").status()).isEqualTo(200);
    }
}
