package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.message.OneTimeValues.Kind;
import io.gatehouse.common.message.OneTimeValues.Spend;
import io.gatehouse.common.message.OneTimeValues.Spent;
import io.gatehouse.common.model.Tenant;
import java.time.Duration;
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
