package io.gatehouse.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.message.Codes.PutRefusal;
import io.gatehouse.common.message.Codes.TakeRefusal;
import io.gatehouse.common.message.Grants.Refusal;
import io.gatehouse.common.message.PushedRequests;
import io.gatehouse.common.model.CodeId;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.store.Await;
import io.gatehouse.store.CodeOrder;
import io.gatehouse.store.CodeResult;
import io.gatehouse.store.Opening;
import io.gatehouse.store.PushedRequest;
import io.gatehouse.store.RotationResult;
import io.gatehouse.store.Samples;
import io.gatehouse.store.Store;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes on one PostgreSQL and one Redis. */
class RedisTwoNodesTest extends RedisCase {
    private List<Store> nodes;

    @BeforeEach
    void openSecondNode() {
        nodes = List.of(store, Await.result(open()));
    }

    @AfterEach
    void closeSecondNode() {
        Await.result(nodes.get(1).close());
    }

    @Test
    void take_inParallelGivesOnceAndWhatItGaveIsDead() {
        Random random = new Random(1);
        for (int round = 0; round < 20; round++) {
            CodeOrder order = put();
            int parallel = 2 + random.nextInt(20);
            List<CodeResult> results = Await.results(IntStream.range(0, parallel)
                    .mapToObj(i -> any(random).codes().take(take(order), now()))
                    .toList());
            List<CodeResult.Redeemed> redeemed = results.stream()
                    .filter(CodeResult.Redeemed.class::isInstance)
                    .map(CodeResult.Redeemed.class::cast)
                    .toList();
            assertThat(redeemed).hasSize(1);
            assertThat(results)
                    .filteredOn(CodeResult.Refused.class::isInstance)
                    .extracting(result -> ((CodeResult.Refused) result).reason())
                    .containsOnly(TakeRefusal.REPLAYED);
            Grant grant = grant(redeemed.getFirst().code());
            assertThat(Await.result(any(random).grants().open(grant, now()))).isEqualTo(Opening.OPENED);
            assertDead(grant, random);
        }
    }

    /** The first write of the grant runs against a replay of its code. */
    @Test
    void replay_whileTheGrantIsWritten_leavesItDead() {
        Random random = new Random(2);
        for (int round = 0; round < 50; round++) {
            CodeOrder order = put();
            Grant grant = grant(redeemed(order));
            List<Future<?>> calls = new ArrayList<>();
            calls.add(any(random).grants().open(grant, now()));
            calls.add(random.nextInt(2), any(random).codes().take(take(order), now()));
            calls.forEach(Await::result);
            assertDead(grant, random);
        }
    }

    @Test
    void put_takesAClientsJwtOnce() {
        Random random = new Random(3);
        List<Future<@Nullable PutRefusal>> puts = IntStream.range(0, 200)
                .mapToObj(i -> any(random).codes().put(order(statement(Digest.of("jwt"), now())), now()))
                .toList();
        List<@Nullable PutRefusal> refusals = new ArrayList<>(Await.results(puts));
        assertThat(refusals).filteredOn(refusal -> refusal == null).hasSize(1);
        assertThat(refusals).filteredOn(PutRefusal.REPLAYED::equals).hasSize(199);
    }

    @Test
    void limits_countExactly() {
        Random random = new Random(4);
        List<Future<Duration>> attempts = IntStream.range(0, 200)
                .mapToObj(i -> any(random).limits().reserve(List.of(limit), now()))
                .toList();
        assertThat(Await.results(attempts).stream().filter(Duration::isZero)).hasSize(10);
    }

    @Test
    void aSecondNode_losesNobodysMemory() {
        Instant before = now().minus(Duration.ofMinutes(1));
        assertThat(Await.result(nodes.get(1).codes().put(order(statement(Digest.of("jwt"), before)), now())))
                .isNull();
    }

    @Test
    void take_ofAPushedRequest_hasOneWinner() {
        CodeId id = CodeId.make(now().plusSeconds(90)).id();
        PushedRequest pushed = new PushedRequest(Tenant.MAIN, "web", id, "state=1", now().plusSeconds(90));
        Await.result(nodes.get(0).pushedRequests().push(pushed, now()));
        PushedRequests.Take take = new PushedRequests.Take(Tenant.MAIN, "web", id);
        assertThat(Await.results(IntStream.range(0, 200)
                        .mapToObj(i -> nodes.get(i % 2).pushedRequests().take(take, now()))
                        .toList()))
                .filteredOn(taken -> taken)
                .hasSize(1);
    }

    private void assertDead(Grant grant, Random random) {
        RotationResult rotation = Await.result(any(random).grants().rotate(Samples.rotate(grant, 0), now()));
        assertThat(((RotationResult.Refused) rotation).reason()).isEqualTo(Refusal.REVOKED);
    }

    private Store any(Random random) {
        return nodes.get(random.nextInt(2));
    }
}
