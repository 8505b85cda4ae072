package io.gatehouse.common.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretTest {
    @Test
    void isNeverPrinted() {
        Secret secret = Secret.of("correct horse");

        assertThat(secret).hasToString("Secret[***]");
        assertThat(Optional.of(secret).toString() + new Holder(secret)).doesNotContain("correct", "horse");
    }

    record Holder(Secret password) {}

    @Test
    void isEqualByContent() {
        assertThat(Secret.of("correct horse"))
                .isEqualTo(Secret.of("correct horse"))
                .isNotEqualTo(Secret.of("correct horsf"));
    }

    @Test
    void isRevealedOnDemand() {
        assertThat(Secret.of("pässwörd 🔑").reveal()).isEqualTo("pässwörd 🔑");
    }
}
