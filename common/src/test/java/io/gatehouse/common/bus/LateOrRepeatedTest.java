package io.gatehouse.common.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LateOrRepeatedTest {
    private static final Instant NOW = Instant.parse("2026-07-01T10:00:00Z");

    private final LateOrRepeated late = new LateOrRepeated(Clock.fixed(NOW, ZoneOffset.UTC), 3);

    private boolean isNew(String sender, String id, long offMillis) {
        return late.isNew(sender, new ApplicationCall(id, NOW.toEpochMilli() + offMillis, "verify", new JsonObject()));
    }

    @Test
    void idsAreTheSendersOwn() {
        assertThat(isNew("orders", "one", 0)).isTrue();
        assertThat(isNew("orders", "one", 0)).isFalse();
        assertThat(isNew("stock", "one", 0)).isTrue();
    }

    @Test
    void clocksMayDifferByALittle() {
        long skew = LateOrRepeated.SKEW.toMillis();
        assertThat(isNew("orders", "early", skew)).isTrue();
        assertThat(isNew("orders", "late", -skew)).isTrue();
        assertThat(isNew("orders", "too early", skew + 1)).isFalse();
        assertThat(isNew("orders", "too late", -skew - 1)).isFalse();
        assertThat(isNew("orders", "no time", Long.MIN_VALUE - NOW.toEpochMilli()))
                .isFalse();
    }

    /** One that asks without end is refused itself; others are not. */
    @Test
    void nobodyUsesUpWhatOthersNeed() {
        for (String id : new String[] {"one", "two", "three"}) {
            assertThat(isNew("orders", id, 0)).isTrue();
        }
        assertThat(isNew("orders", "four", 0)).isFalse();
        assertThat(isNew("stock", "one", 0)).isTrue();
    }
}
