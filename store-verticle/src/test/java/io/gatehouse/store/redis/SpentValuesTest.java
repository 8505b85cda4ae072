package io.gatehouse.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.message.ClientJwtStatement;
import io.gatehouse.common.message.Codes.PutRefusal;
import io.gatehouse.common.message.OneTimeValues.Kind;
import io.gatehouse.common.message.OneTimeValues.Spend;
import io.gatehouse.store.Await;
import io.gatehouse.store.Samples;
import io.gatehouse.store.Store;
import io.gatehouse.store.pg.PgStore;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A JWT counts once, also where nobody can know any more whether it did. */
class SpentValuesTest extends RedisCase {
    @Test
    void aNewStore_hasNothingToRemember() {
        assertThat(put("of yesterday", now().minus(Duration.ofDays(1)))).isNull();
        assertThat(put("of any time", null)).isNull();
        assertThat(put("of yesterday", now().minus(Duration.ofDays(1)))).isEqualTo(PutRefusal.REPLAYED);
    }

    @Test
    void aLostMemory_refusesWhatMayHaveBeenPresentedBefore() {
        Instant lost = now();
        assertThat(put("old", lost)).isNull();
        redis.ask("FLUSHALL");
        assertRemembersFrom(lost);
    }

    @Test
    void aMemoryLostWithItsServer_beginsWithTheNewConnection() {
        Instant lost = now();
        assertThat(put("old", lost)).isNull();
        redis.kill();
        redis.restart();
        eventually(this::reserve);
        assertRemembersFrom(lost);
    }

    @Test
    void aMemoryLostWhileNobodyLooked_beginsWithTheNextStart() {
        Instant lost = now();
        assertThat(put("old", lost)).isNull();
        Await.result(store.close());
        redis.ask("FLUSHALL");
        store = Await.result(open());
        assertRemembersFrom(lost);
    }

    /** Whatever it has on its disk: the last values may be missing there. */
    @Test
    void anotherServer_beginsAnew() {
        Instant lost = now();
        redis.ask("HSET", redis.key("{spent}"), "server", "another");
        Await.result(store.close());
        store = Await.result(open());
        assertRemembersFrom(lost);
    }

    @Test
    void otherValues_areRefusedLikewise() {
        Instant lost = now();
        assertThat(spend("old", lost)).isTrue();
        redis.ask("FLUSHALL");
        assertThat(spend("old", lost)).isFalse();
        assertThat(spend("by a clock that is behind", lost.plusMillis(4999))).isFalse();
        assertThat(spend("new", lost.plusSeconds(5))).isTrue();
        assertThat(spend("new", lost.plusSeconds(5))).isFalse();
        for (String key : redis.ask("KEYS", "*dpop_proof:*").split("\n")) {
            assertThat(Long.parseLong(redis.ask("PTTL", key))).as(key).isPositive();
        }
    }

    private boolean spend(String proof, Instant since) {
        Spend request = new Spend("main", Kind.DPOP_PROOF, "key", Digest.of(proof), since, now().plusSeconds(60));
        return Await.result(store.oneTimeValues().spend(request, now()));
    }

    private void assertRemembersFrom(Instant lost) {
        assertThat(put("old", lost)).isEqualTo(PutRefusal.REPLAYED);
        assertThat(put("another old one", lost)).isEqualTo(PutRefusal.REPLAYED);
        assertThat(put("of any time", null)).isEqualTo(PutRefusal.REPLAYED);
        assertThat(put("by a clock that is behind", lost.plusMillis(4999))).isEqualTo(PutRefusal.REPLAYED);
        assertThat(put("new", lost.plusSeconds(5))).isNull();
        assertThat(put("new", lost.plusSeconds(5))).isEqualTo(PutRefusal.REPLAYED);
    }

    @Test
    void aRestartOfOurs_forgetsNothingAndRefusesNothing() {
        assertThat(put("old", now())).isNull();
        Await.result(store.close());
        store = Await.result(open());
        assertThat(put("old", now())).isEqualTo(PutRefusal.REPLAYED);
        assertThat(put("another", now())).isNull();
    }

    @Test
    void whatOnlyTheDatabaseRemembers_isRefused() {
        Await.result(store.close());
        Store alone = Await.result(
                PgStore.open(vertx, RedisStoreTest.config(database, redis.uri(), 4096), Samples.TIMES, false, clock));
        assertThat(Await.result(alone.codes().put(order(statement(Digest.of("old"), now())), now())))
                .isNull();
        Await.result(alone.close());
        store = Await.result(open());
        assertRemembersFrom(now());
    }

    @Test
    void nothingIsKeptForever() {
        assertThat(put("old", now())).isNull();
        put();
        Await.result(reserve());
        for (String part : new String[] {"client_jwt:*", "code:", "limit"}) {
            for (String key : redis.ask("KEYS", "*" + part + "*").split("\n")) {
                assertThat(Long.parseLong(redis.ask("PTTL", key))).as(key).isPositive();
            }
        }
    }

    private @Nullable PutRefusal put(String jwt, @Nullable Instant since) {
        ClientJwtStatement statement = statement(Digest.of(jwt), since);
        return Await.result(store.codes().put(order(statement), now()));
    }
}
