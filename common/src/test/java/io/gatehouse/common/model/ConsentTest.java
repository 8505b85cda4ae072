package io.gatehouse.common.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ConsentTest {
    private static final Instant NOW = Instant.parse("2026-08-01T12:00:00Z");

    private final Consent consent = new Consent("main", "a subject", "web", Scope.parse("openid email"), 3, NOW);

    @Test
    void whatIsAllowedLaterIsAdded() {
        Instant later = NOW.plusSeconds(60);
        Consent widened = consent.widened(Scope.parse("email api"), later);

        assertThat(widened)
                .isEqualTo(new Consent("main", "a subject", "web", Scope.parse("openid email api"), 3, later));
        assertThat(consent.widened(Scope.EMPTY, later).scope()).isEqualTo(consent.scope());
    }

    /** Else what was given before would count again with the next consent. */
    @Test
    void withdrawnItCoversNothingAndItsEpochIsOver() {
        Consent withdrawn = consent.withdrawn();

        assertThat(withdrawn.scope()).isEqualTo(Scope.EMPTY);
        assertThat(withdrawn.epoch()).isEqualTo(4);
        assertThat(withdrawn.holds()).isFalse();
        assertThat(withdrawn.widened(Scope.parse("openid"), NOW).epoch()).isEqualTo(4);
        assertThat(withdrawn.widened(Scope.EMPTY, NOW).holds()).isTrue();
        assertThat(withdrawn.withdrawn().epoch()).isEqualTo(5);
    }
}
