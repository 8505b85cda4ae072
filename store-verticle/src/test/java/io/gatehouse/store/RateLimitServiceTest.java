package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.message.RateLimits.Take;
import io.gatehouse.common.message.RateLimits.Taken;
import io.gatehouse.common.model.Tenant;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitServiceTest extends RoleCase {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void tellsWhatIsLeft() {
        Digest key = Digest.of("a");
        assertThat(take(key)).isEqualTo(new Taken(true, 2, MINUTE, Duration.ZERO));
        assertThat(take(key)).isEqualTo(new Taken(true, 1, MINUTE.multipliedBy(2), Duration.ZERO));
        assertThat(take(key)).isEqualTo(new Taken(true, 0, MINUTE.multipliedBy(3), Duration.ZERO));
        clock.forward(Duration.ofSeconds(59));
        assertThat(take(key)).isEqualTo(new Taken(false, 0, Duration.ofSeconds(121), Duration.ofSeconds(1)));
        clock.forward(Duration.ofSeconds(1));
        assertThat(take(key)).isEqualTo(new Taken(true, 0, MINUTE.multipliedBy(3), Duration.ZERO));
        clock.forward(Duration.ofHours(1));
        assertThat(take(key).remaining()).isEqualTo(2);
    }

    /** Both event loops count in one place. */
    @Test
    void manyAtOnceTakeNoMoreThanThereIs() {
        Digest key = Digest.of("many");
        List<Future<Taken>> asked = IntStream.range(0, 64)
                .mapToObj(i -> bus.ask(new Take(Tenant.MAIN, key, 3, MINUTE.multipliedBy(3))))
                .toList();
        assertThat(Await.results(asked).stream().filter(Taken::admitted)).hasSize(3);
    }

    @Test
    void tenantsAndKeysCountApart() {
        for (int i = 0; i < 3; i++) {
            take(Digest.of("a"));
        }
        assertThat(take(Digest.of("a")).admitted()).isFalse();
        assertThat(take(Digest.of("b")).admitted()).isTrue();
        assertThat(ask(new Take("shop", Digest.of("a"), 3, MINUTE)).admitted()).isTrue();
    }

    private Taken take(Digest key) {
        return ask(new Take(Tenant.MAIN, key, 3, MINUTE.multipliedBy(3)));
    }
}
