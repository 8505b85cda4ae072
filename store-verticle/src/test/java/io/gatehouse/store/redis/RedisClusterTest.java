package io.gatehouse.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.message.Codes.PutRefusal;
import io.gatehouse.common.message.Codes.TakeRefusal;
import io.gatehouse.store.Await;
import io.gatehouse.store.CodeOrder;
import io.gatehouse.store.CodeResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two masters, each with half of the slots: what one script touches must lie in one of them. */
@Timeout(120)
class RedisClusterTest extends RedisCase {
    private static final int SLOTS = 16_384;

    private RedisServer second;

    @Override
    RedisServer start() {
        RedisServer first = RedisServer.start("--cluster-enabled", "yes");
        second = RedisServer.start("--cluster-enabled", "yes");
        assignSlots(first, 0, SLOTS / 2);
        assignSlots(second, SLOTS / 2, SLOTS);
        first.ask("CLUSTER", "MEET", "127.0.0.1", Integer.toString(second.port()));
        for (RedisServer server : List.of(first, second)) {
            while (!server.ask("CLUSTER", "INFO").contains("cluster_state:ok")
                    || !server.ask("CLUSTER", "INFO").contains("cluster_known_nodes:2")) {
                LockSupport.parkNanos(10_000_000);
            }
        }
        return first;
    }

    private static void assignSlots(RedisServer server, int from, int to) {
        List<String> command = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
        IntStream.range(from, to).mapToObj(Integer::toString).forEach(command::add);
        server.ask(command.toArray(String[]::new));
    }

    @Override
    String redisUri() {
        return "redis+cluster://127.0.0.1:" + redis.port() + ",127.0.0.1:" + second.port();
    }

    @AfterEach
    void stopSecond() {
        second.close();
    }

    @Test
    void codesLieInBothHalvesAndCountOnce() {
        List<CodeOrder> orders = IntStream.range(0, 50).mapToObj(i -> put()).toList();
        for (RedisServer server : List.of(redis, second)) {
            assertThat(server.ask("KEYS", "*code:*")).isNotEmpty();
        }
        for (CodeOrder order : orders) {
            redeemed(order);
            assertThat(((CodeResult.Refused) result(order)).reason()).isEqualTo(TakeRefusal.REPLAYED);
            assertThat(Await.result(store.codes().put(order, now()))).isEqualTo(PutRefusal.REPLAYED);
        }
    }

    @Test
    void limitsCountExactly() {
        List<Future<Duration>> attempts =
                IntStream.range(0, 64).mapToObj(i -> reserve()).toList();
        assertThat(Await.results(attempts).stream().filter(Duration::isZero)).hasSize(10);
    }

    @Test
    void aHangingMember_isUnavailableUntilItIsBack() {
        second.freeze();
        redis.freeze();
        Await.error(reserve());
        second.thaw();
        redis.thaw();
        assertThat(eventually(this::reserve)).isNotNull();
        redeemed(eventuallyPut());
    }

    private CodeOrder eventuallyPut() {
        clock.forward(Duration.ofMinutes(1));
        return eventually(() -> {
            CodeOrder order = order(statement(Digest.of("later " + System.nanoTime()), now()));
            return store.codes().put(order, now()).map(order);
        });
    }
}
