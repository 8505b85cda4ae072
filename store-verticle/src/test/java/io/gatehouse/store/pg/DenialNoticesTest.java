package io.gatehouse.store.pg;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.model.Tenant;
import io.gatehouse.store.Await;
import io.gatehouse.store.Samples;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DenialNoticesTest extends PgCase {
    private final BlockingQueue<Long> told = new LinkedBlockingQueue<>();

    @Test
    void aConnectionThatWasForgottenOnTheWay_isReplaced() throws InterruptedException {
        PostgresServer server = PostgresServer.shared();
        try (Relay relay = new Relay(server.port())) {
            String through = uri.replace(":" + server.port() + "/", ":" + relay.port() + "/");
            DenialNotices notices = Await.result(Connector.to(config(through).postgres(), vertx)
                    .map(connector ->
                            new DenialNotices(vertx, connector, behind::run, "here", Duration.ofMillis(100))));
            notices.listen(told::add);
            awaitHead(0);
            relay.silence();
            Await.result(store.users().logOut(Tenant.MAIN, Samples.ADA, now()));
            relay.speak();
            awaitHead(1);
            notices.stop();
        }
    }

    /** Only whoever may use the database can say such things. */
    @Test
    void whatIsNoNumber_isNoNews() throws InterruptedException {
        store.revocations().onAppended(told::add);
        awaitHead(0);
        rows("SELECT pg_notify($1, 'a word')", DenialNotices.CHANNEL);
        rows("SELECT pg_notify($1, '7')", DenialNotices.CHANNEL);
        awaitHead(7);
    }

    @Test
    void whatIsToldInARow_isToldAtOnce() throws InterruptedException {
        store.revocations().onAppended(told::add);
        awaitHead(0);
        for (long head = 1; head <= 1000; head++) {
            store.revocations().tellOthers(head);
        }
        assertThat(awaitHead(1000)).as("notices").isLessThan(500);
        store.revocations().tellOthers(1001);
        awaitHead(1001);
    }

    /** How often something was told until then. */
    private int awaitHead(long head) throws InterruptedException {
        int notices = 1;
        Long next = told.poll(30, TimeUnit.SECONDS);
        while (next != null && next != head) {
            notices++;
            next = told.poll(30, TimeUnit.SECONDS);
        }
        assertThat(next).isEqualTo(head);
        return notices;
    }
}
