package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.message.OneTimeValues.Kind;
import io.gatehouse.common.message.OneTimeValues.Spend;
import io.gatehouse.common.model.Tenant;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

abstract class OneTimeValueContract extends ContractCase {
    private static final Duration LIFE = Duration.ofMinutes(6);

    @Test
    void spend_theFirstWins() {
        Spend value = value("jti");
        assertThat(spend(value)).isTrue();
        assertThat(spend(value)).isFalse();
        assertThat(spend(value)).isFalse();
        assertThat(spend(value("another"))).isTrue();
    }

    @Test
    void spend_oneOf64InParallelWins() {
        Spend value = value("jti");
        List<Future<Boolean>> spends = IntStream.range(0, 64)
                .mapToObj(i -> store.oneTimeValues().spend(value, now()))
                .toList();
        assertThat(Await.results(spends)).hasSize(64).containsOnlyOnce(true);
    }

    @Test
    void spend_tellsKindsTenantsAndOwnersApart() {
        Instant until = now().plus(LIFE);
        assertThat(spend(value(Tenant.MAIN, Kind.CLIENT_ASSERTION, "web", "jti", until)))
                .isTrue();
        assertThat(spend(value(Tenant.MAIN, Kind.DPOP_PROOF, "web", "jti", until)))
                .isTrue();
        assertThat(spend(value(OTHER_TENANT, Kind.CLIENT_ASSERTION, "web", "jti", until)))
                .isTrue();
        assertThat(spend(value(Tenant.MAIN, Kind.CLIENT_ASSERTION, "w", "eb jti", until)))
                .isTrue();
        assertThat(spend(value(Tenant.MAIN, Kind.CLIENT_ASSERTION, "we", "b jti", until)))
                .isTrue();
        assertThat(spend(value(Tenant.MAIN, Kind.CLIENT_ASSERTION, "web", "jti", until)))
                .isFalse();
    }

    @Test
    void spend_isRememberedUntilTheEndAndNoLonger() {
        Spend value = value("jti");
        assertThat(spend(value)).isTrue();
        forward(LIFE.minusMillis(1));
        assertThat(spend(value)).isFalse();
        forward(Duration.ofMillis(1));
        assertThat(spend(value)).isTrue();
    }

    @Test
    void spend_outlastsARestart() {
        Spend value = value("jti");
        assertThat(spend(value)).isTrue();
        reopen(Samples.TIMES);
        assertThat(spend(value)).isFalse();
    }

    @Test
    void spend_remembersAcrossMidnight() {
        clock.forward(Duration.between(now(), Instant.parse("2030-01-01T23:59:00Z")));
        Spend value = value("jti");
        assertThat(spend(value)).isTrue();
        forward(Duration.ofMinutes(2));
        assertThat(spend(value)).isFalse();
    }

    @Test
    void spend_takesAnyOwner() {
        for (String owner : List.of("", "\0 \\ ü", "x".repeat(1000), "x".repeat(1000) + "y")) {
            Spend value = value(Tenant.MAIN, Kind.DPOP_PROOF, owner, "jti", now().plus(LIFE));
            assertThat(spend(value)).as(owner).isTrue();
            assertThat(spend(value)).as(owner).isFalse();
        }
    }

    private boolean spend(Spend value) {
        return Await.result(store.oneTimeValues().spend(value, now()));
    }

    private Spend value(String jti) {
        return value(Tenant.MAIN, Kind.CLIENT_ASSERTION, "web", jti, now().plus(LIFE));
    }

    private Spend value(String tenant, Kind kind, String owner, String jti, Instant until) {
        return new Spend(tenant, kind, owner, Digest.of(jti), now(), until);
    }
}
