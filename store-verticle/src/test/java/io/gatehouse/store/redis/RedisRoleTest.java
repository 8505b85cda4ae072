package io.gatehouse.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.config.BabelbirdConfig;
import io.gatehouse.common.config.FamiliesConfig;
import io.gatehouse.common.config.FamilyConfig;
import io.gatehouse.common.config.LimitsConfig;
import io.gatehouse.common.config.Rate;
import io.gatehouse.common.config.RevocationConfig;
import io.gatehouse.common.config.SessionsConfig;
import io.gatehouse.common.config.TokensConfig;
import io.gatehouse.common.crypto.Entropy;
import io.gatehouse.common.message.Attestor;
import io.gatehouse.store.Await;
import io.gatehouse.store.SettableClock;
import io.gatehouse.store.StoreRole;
import io.gatehouse.store.StoreSettings;
import io.gatehouse.store.pg.PostgresServer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class RedisRoleTest {
    @Test
    void redisIsUsedWhereItIsConfigured(Vertx vertx) {
        try (RedisServer redis = RedisServer.start()) {
            Attestor attestor = new Attestor(Entropy.bytes(32));
            StoreRole role = Await.result(StoreRole.open(vertx, settings(redis), false, attestor, new SettableClock()));
            assertThat(redis.ask("KEYS", "gatehouse:*")).endsWith("{spent}");
            Await.result(role.close());
        }
    }

    private static StoreSettings settings(RedisServer redis) {
        Duration day = Duration.ofDays(1);
        FamilyConfig login = new FamilyConfig(true, Duration.ofMinutes(15), day, day);
        BabelbirdConfig babelbird = new BabelbirdConfig(true, Duration.ofHours(1), day, day, Duration.ofMinutes(5));
        TokensConfig tokens = new TokensConfig(
                Duration.ofMinutes(10),
                day,
                day,
                Duration.ofSeconds(30),
                Duration.ofMinutes(1),
                Duration.ofSeconds(90),
                null,
                "ES256",
                "optional",
                new FamiliesConfig(login, babelbird, login));
        return new StoreSettings(
                RedisStoreTest.config(PostgresServer.shared().uri("role"), redis.uri(), 64),
                tokens,
                new LimitsConfig(
                        Rate.parse("10/PT15M"),
                        Rate.parse("100/PT15M"),
                        Rate.parse("300/PT1M"),
                        32,
                        1,
                        Rate.parse("300/PT1M"),
                        Rate.parse("60/PT1M"),
                        Rate.parse("6000/PT1M"),
                        Rate.parse("10/PT10M"),
                        Rate.parse("300/PT1M"),
                        Rate.parse("6000/PT1M"),
                        Rate.parse("100/PT10M"),
                        Rate.parse("20/PT1H"),
                        Rate.parse("30/PT10M"),
                        Rate.parse("300/PT1M"),
                        Rate.parse("5/PT15M"),
                        Rate.parse("20/PT1H"),
                        Rate.parse("300/PT1M")),
                new RevocationConfig(Duration.ofMillis(100), Duration.ofSeconds(5)),
                new SessionsConfig(Duration.ofDays(7), Duration.ofHours(12)));
    }
}
