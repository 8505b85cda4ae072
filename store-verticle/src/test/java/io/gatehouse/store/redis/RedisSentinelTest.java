package io.gatehouse.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.store.Await;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The master dies, and its replica takes over. */
@Timeout(120)
class RedisSentinelTest extends RedisCase {
    private RedisServer replica;
    private RedisServer sentinel;

    @Override
    RedisServer start() {
        RedisServer master = RedisServer.start();
        replica = RedisServer.start("--replicaof", "127.0.0.1", Integer.toString(master.port()));
        sentinel = RedisServer.sentinel(master);
        while (!sentinel.ask("SENTINEL", "replicas", "mymaster").contains("master-link-status\nok")) {
            LockSupport.parkNanos(10_000_000);
        }
        return master;
    }

    @Override
    String redisUri() {
        return "redis+sentinel://127.0.0.1:" + sentinel.port() + "/mymaster";
    }

    @AfterEach
    void stopOthers() {
        replica.close();
        sentinel.close();
    }

    @Test
    void theReplicaTakesOver() {
        for (int i = 0; i < 10; i++) {
            assertThat(Await.result(reserve())).isZero();
        }
        redis.ask("WAIT", "1", "0");
        redis.kill();
        assertThat(eventually(this::reserve))
                .as("what was counted is still counted")
                .isPositive();
        clock.forward(Duration.ofMinutes(1));
        redeemed(put());
    }
}
