package io.gatehouse.deploy.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListeningTest {
    @ParameterizedTest
    @CsvSource({
        "bind(..) failed with error(-98): Address already in use, is in use",
        "Address already in use, is in use",
        "bind(..) failed with error(-13): Permission denied, above 1023",
        "Cannot assign requested address, is no address of this machine",
        "something else, something else",
    })
    void theSystemsWordsBecomeOurs(String text, String ours) {
        Throwable failure = new IllegalStateException("deployment failed", new BindException(text));
        Throwable explained = Listening.explain(failure, "server", "127.0.0.1", 80);
        assertThat(explained).isInstanceOf(StartFailure.class).hasMessageContainingAll(ours, "127.0.0.1", "server.");
    }

    @Test
    void otherFailuresPass() {
        IllegalStateException defect = new IllegalStateException("ours");
        assertThat(Listening.explain(defect, "server", "h", 1)).isSameAs(defect);
        assertThat(Listening.explain(new IOException("x"), "management", "h", 1))
                .hasMessageContaining("management.port");
    }
}
