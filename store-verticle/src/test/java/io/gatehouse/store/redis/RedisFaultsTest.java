package io.gatehouse.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Codes.TakeRefusal;
import io.gatehouse.common.model.Grant;
import io.gatehouse.store.Await;
import io.gatehouse.store.CodeOrder;
import io.gatehouse.store.CodeResult;
import io.gatehouse.store.Opening;
import io.gatehouse.store.RotationResult;
import io.gatehouse.store.Samples;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Redis dies, hangs, forgets, and goes back in time. */
@Timeout(120)
class RedisFaultsTest extends RedisCase {
    private static final OAuthError UNAVAILABLE = new OAuthError.Unavailable("store");

    @Test
    void aKilledServer_isUnavailableUntilItIsBack() {
        Grant grant = openedGrant();
        CodeOrder order = put();
        redis.kill();
        assertThat(Await.error(reserve())).isEqualTo(UNAVAILABLE);
        assertThat(Await.error(store.codes().take(take(order), now()))).isEqualTo(UNAVAILABLE);
        assertThat(Await.error(store.codes().put(order, now()))).isEqualTo(UNAVAILABLE);
        assertThat(rotate(grant, 0)).as("what is durable goes on").isInstanceOf(RotationResult.Rotated.class);
        redis.restart();
        assertThat(eventually(this::reserve)).isZero();
        assertThat(result(order)).isEqualTo(new CodeResult.Refused(TakeRefusal.UNKNOWN, List.of()));
        clock.forward(Duration.ofMinutes(1));
        redeemed(put());
    }

    @Test
    void aHangingServer_isUnavailableAndItsConnectionDropped() {
        Await.result(reserve());
        String connections = redis.ask("CLIENT", "LIST", "TYPE", "normal");
        redis.freeze();
        assertThat(Await.error(reserve())).isEqualTo(UNAVAILABLE);
        assertThat(Await.error(reserve())).as("at once").isEqualTo(UNAVAILABLE);
        redis.thaw();
        eventually(this::reserve);
        List<String> before = connections
                .lines()
                .filter(line -> !line.contains("cmd=client"))
                .map(RedisFaultsTest::id)
                .toList();
        assertThat(before).hasSize(1);
        while (redis.ask("CLIENT", "LIST").lines().map(RedisFaultsTest::id).anyMatch(before::contains)) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static String id(String connection) {
        return connection.substring(0, connection.indexOf(' '));
    }

    @Test
    void aFrozenServer_holdsNoMoreRequestsThanTheQueue() {
        Await.result(store.close());
        store = Await.result(open(16));
        redis.freeze();
        List<Future<Duration>> waiting =
                IntStream.range(0, 16).mapToObj(i -> reserve()).toList();
        Future<Duration> further = reserve();
        assertThat(further.isComplete()).isTrue();
        assertThat(Await.error(further)).isEqualTo(UNAVAILABLE);
        waiting.forEach(each -> assertThat(Await.error(each)).isEqualTo(UNAVAILABLE));
        redis.thaw();
        eventually(this::reserve);
    }

    @Test
    void anEmptiedServer_costsCodesUnderWayAndNothingElse() {
        Grant grant = openedGrant();
        CodeOrder taken = put();
        Grant second = grant(redeemed(taken));
        CodeOrder order = put();
        redis.ask("FLUSHALL");
        assertThat(result(order)).isEqualTo(new CodeResult.Refused(TakeRefusal.UNKNOWN, List.of()));
        assertThat(result(taken)).isEqualTo(new CodeResult.Refused(TakeRefusal.UNKNOWN, List.of()));
        assertThat(rotate(grant, 0)).isInstanceOf(RotationResult.Rotated.class);
        assertThat(open(second)).isEqualTo(Opening.OPENED);
    }

    @Test
    void forgottenScripts_areSentAgain() {
        CodeOrder order = put();
        redis.ask("SCRIPT", "FLUSH");
        redeemed(order);
        List<Future<Duration>> attempts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            attempts.add(reserve());
        }
        assertThat(Await.results(attempts).stream().filter(Duration::isZero)).hasSize(10);
        redis.ask("SCRIPT", "FLUSH");
        Await.result(store.limits().refund(List.of(limit), now()));
        assertThat(Await.result(reserve())).isZero();
    }

    /** As when a replica is promoted that had not heard of the presentation. */
    @Test
    void aCodeThatRedisForgotToBeSpent_givesNothingTwice() {
        CodeOrder order = put();
        String key = redis.key("code:");
        redis.ask("COPY", key, "older");
        Grant grant = grant(redeemed(order));
        assertThat(open(grant)).isEqualTo(Opening.OPENED);
        redis.ask("COPY", "older", key, "REPLACE");
        Grant again = grant(redeemed(order));
        assertThat(again.id()).isEqualTo(grant.id());
        assertThat(open(again)).isEqualTo(Opening.EXISTS);
        assertThat(rotate(grant, 0)).isInstanceOf(RotationResult.Rotated.class);
        assertThat(((CodeResult.Refused) result(order)).reason()).isEqualTo(TakeRefusal.REPLAYED);
        redis.ask("COPY", "older", key, "REPLACE");
        assertThat(open(grant(redeemed(order)))).as("dead by its replay").isEqualTo(Opening.EXISTS);
    }

    @Test
    void whatIsUnderWay_isAnsweredBeforeAClose() {
        assertThat(Await.result(reserve())).isZero();
        List<Future<Duration>> attempts =
                IntStream.range(0, 50).mapToObj(i -> reserve()).toList();
        Await.result(store.close());
        assertThat(Await.results(attempts).stream().filter(Duration::isZero)).hasSize(9);
        assertThat(Await.error(reserve())).isEqualTo(UNAVAILABLE);
    }

    private Grant openedGrant() {
        Grant grant = Samples.grant("web");
        assertThat(open(grant)).isEqualTo(Opening.OPENED);
        return grant;
    }

    private Opening open(Grant grant) {
        return Await.result(store.grants().open(grant, now()));
    }

    private RotationResult rotate(Grant grant, int generation) {
        return Await.result(store.grants().rotate(Samples.rotate(grant, generation), now()));
    }
}
