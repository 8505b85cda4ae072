package io.gatehouse.deploy.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gatehouse.common.config.ConfigLoader;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.gateway.tls.UnusableTls;
import io.gatehouse.store.UnusableStore;
import org.junit.jupiter.api.Test;

class StartFailuresTest {
    @Test
    void whatSaysWhatToDoIsSaidAsItIs() {
        assertThat(StartFailures.sentence(new StartFailure("do this"))).isEqualTo("do this");
        assertThat(StartFailures.sentence(new UnusableStore("do that", null))).isEqualTo("do that");
        assertThat(StartFailures.sentence(new UnusableTls("mend it"))).isEqualTo("mend it");
        Throwable mistakes = catchThrowable(() -> ConfigLoader.parse("server: {prt: 1, hots: x}"));
        assertThat(StartFailures.sentence(mistakes)).contains("2 problems", "server.prt", "server.hots");
    }

    @Test
    void aPartThatDoesNotAnswerIsNamed() {
        assertThat(StartFailures.sentence(new OAuthError.Unavailable("store").failure()))
                .contains("the role store does not answer");
    }

    @Test
    void aDefectIsAnIdAndNoDetail() {
        assertThat(StartFailures.sentence(new IllegalStateException("internal detail")))
                .contains("mistake in Gatehouse")
                .doesNotContain("internal detail");
    }
}
