package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.OneTimeValues.Kind;
import io.gatehouse.common.message.OneTimeValues.Spend;
import io.gatehouse.common.message.OneTimeValues.Spent;
import io.gatehouse.common.model.Tenant;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OneTimeValueServiceTest extends RoleCase {
    @Test
    void spend_saysWhoWasFirst() {
        Spend value = living(Duration.ofMinutes(62));
        assertThat(ask(value)).isEqualTo(new Spent(true));
        assertThat(ask(value)).isEqualTo(new Spent(false));
    }

    @Test
    void spend_refusesWhatWouldBeRememberedForLonger() {
        Spend value = living(Duration.ofMinutes(62).plusMillis(1));
        assertThatThrownBy(() -> ask(value)).hasMessageContaining("too long");
    }

    @Test
    void spend_countsWhatNobodyAcceptsAnyMoreAsSpent() {
        assertThat(ask(living(Duration.ZERO))).isEqualTo(new Spent(false));
        assertThat(ask(living(Duration.ofDays(-9)))).isEqualTo(new Spent(false));
    }

    /** Anybody can make proofs, and each of them is a write. */
    @Test
    void spend_countsThoseOfStrangersByAddress() {
        for (int i = 0; i < 4; i++) {
            assertThat(ask(proof("jti " + i, "192.0.2.1")).first()).isTrue();
        }
        Await.fails(bus.ask(proof("jti 4", "192.0.2.1")), OAuthError.Throttled.class);
        assertThat(ask(proof("jti 4", "192.0.2.2")).first())
                .as("nothing was written")
                .isTrue();
        assertThat(ask(proof("jti 5", null)).first()).isTrue();
        Await.fails(bus.ask(proof("jti 6", "192.0.2.1")), OAuthError.Throttled.class);
        clock.forward(Duration.ofSeconds(15));
        assertThat(ask(proof("jti 6", "192.0.2.1")).first()).isTrue();
    }

    private Spend proof(String jti, @Nullable String address) {
        return new Spend(
                Tenant.MAIN,
                Kind.DPOP_PROOF,
                "key",
                Digest.of(jti),
                clock.instant(),
                clock.instant().plusSeconds(60),
                address);
    }

    private Spend living(Duration life) {
        return new Spend(
                Tenant.MAIN,
                Kind.CLIENT_ASSERTION,
                "web",
                Digest.of("jti"),
                clock.instant(),
                clock.instant().plus(life));
    }
}
