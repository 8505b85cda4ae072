package io.gatehouse.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.Codes.Consenting;
import io.gatehouse.common.message.Codes.SessionPutting;
import io.gatehouse.common.message.Codes.TakeRefusal;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.store.Await;
import io.gatehouse.store.CodeResult;
import io.gatehouse.store.Samples;
import io.gatehouse.store.SessionCodeOrder;
import io.gatehouse.store.SessionCodeSamples;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Codes of sessions that PostgreSQL holds. */
class RedisSessionCodesTest extends RedisCase {
    private Session session;

    @BeforeEach
    void logIn() {
        session = SessionCodeSamples.begin(store, Tenant.MAIN, Samples.ADA, "cookie", null, now());
    }

    @Test
    void whatTheUserAllowed_outlivesACodeThatRedisLost() throws Exception {
        SessionCodeOrder lost = put(Consenting.GIVEN);
        redis.ask("FLUSHALL");
        assertThat(take(lost)).isEqualTo(refused(TakeRefusal.UNKNOWN));
        assertThat(take(put(Consenting.REMEMBERED))).isInstanceOf(CodeResult.Redeemed.class);
    }

    @Test
    void aNodeThatLooksAtNoSessions_findsNoRow() throws Exception {
        put(Consenting.GIVEN);
        String key = redis.ask("KEYS", "*code:*");
        assertThat(redis.ask("HGET", key, "row")).isEmpty();
        assertThat(redis.ask("HKEYS", key).lines()).containsExactlyInAnyOrder("session_row", "client");
    }

    @Test
    void takenTwice_endsTheGrant() {
        SessionCodeOrder order = put(Consenting.GIVEN);
        assertThat(take(order)).isInstanceOf(CodeResult.Redeemed.class);
        CodeResult.Refused replay = (CodeResult.Refused) take(order);
        assertThat(replay.reason()).isEqualTo(TakeRefusal.REPLAYED);
        assertThat(replay.denials())
                .singleElement()
                .extracting(line -> line.denial().key())
                .isEqualTo(order.grant().gid());
    }

    @Test
    void refused_leavesNothingInRedis() throws Exception {
        Await.result(store.sessions().end(Tenant.MAIN, SessionCodeSamples.proof(session), null, now()));
        SessionCodeOrder order = SessionCodeSamples.order(session, "web", Consenting.GIVEN, now());
        assertThat(Await.result(store.codes().put(order, now()))).isEqualTo(new SessionPutting.LoginRequired());
        assertThat(redis.ask("KEYS", "*code:*")).isEmpty();
    }

    private SessionCodeOrder put(Consenting consent) {
        SessionCodeOrder order = SessionCodeSamples.order(session, "web", consent, now());
        assertThat(Await.result(store.codes().put(order, now()))).isInstanceOf(SessionPutting.Stored.class);
        return order;
    }

    private CodeResult take(SessionCodeOrder order) {
        return Await.result(store.codes().take(SessionCodeSamples.take(order), now()));
    }

    private static CodeResult refused(TakeRefusal reason) {
        return new CodeResult.Refused(reason, List.of());
    }
}
