package io.gatehouse.store.pg;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.Codes.Consenting;
import io.gatehouse.common.message.Codes.SessionPutting;
import io.gatehouse.common.model.Session;
import io.gatehouse.store.Await;
import io.gatehouse.store.CodeResult;
import io.gatehouse.store.SessionCodeOrder;
import io.gatehouse.store.SessionCodeSamples;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Codes of sessions, and their rows. */
class PgSessionCodesTest extends PgCase {
    @Test
    void manyAtOnce_areAllWritten_andTheConsentOnce() {
        Session session = openSession("cookie");
        List<Future<SessionPutting>> puts = IntStream.range(0, 32)
                .mapToObj(i -> SessionCodeSamples.order(session, "web", Consenting.GIVEN, now()))
                .map(order -> store.codes().put(order, now()))
                .toList();
        assertThat(Await.results(puts)).hasOnlyElementsOfType(SessionPutting.Stored.class);
        assertThat(rows("SELECT scope, epoch FROM consents")).singleElement().satisfies(row -> {
            assertThat(row.getArrayOfStrings("scope")).containsExactly("openid", "api");
            assertThat(row.getLong("epoch")).isEqualTo(1);
        });
        assertThat(row("SELECT listeners FROM sessions").getArrayOfStrings(0)).containsExactly("web");
    }

    /** A put that finds no partition for its code is run again as a whole. */
    @Test
    void aCodeThatComesBeforeItsPartition_makesIt() {
        clock.forward(Duration.ofDays(6));
        Session session = openSession("cookie");
        SessionCodeOrder order = put(session);
        assertThat(Await.result(store.codes().take(SessionCodeSamples.take(order), now())))
                .isInstanceOf(CodeResult.Redeemed.class);
    }

    private SessionCodeOrder put(Session session) {
        SessionCodeOrder order = SessionCodeSamples.order(session, "web", Consenting.GIVEN, now());
        assertThat(Await.result(store.codes().put(order, now()))).isInstanceOf(SessionPutting.Stored.class);
        return order;
    }
}
