package io.gatehouse.gateway.logout;

import static io.gatehouse.gateway.oauth.TestNode.await;
import static io.gatehouse.gateway.oauth.TestNode.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.message.Logouts;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Clients that take their time keep others waiting as little as may be. */
class SlowClientsTest extends LogoutCase {
    private final List<HttpServerRequest> held = new CopyOnWriteArrayList<>();

    private int delivered() {
        return (int) node.asked(Logouts.Report.class).stream()
                .filter(Logouts.Report::done)
                .count();
    }

    private void slowClient(String clientId) {
        uris.put(clientId, "http://127.0.0.1:" + serve(held::add) + "/");
    }

    @Test
    void aHostIsAskedFourTimesAtOnce() {
        slowClient("slow");
        for (int i = 0; i < 10; i++) {
            queue.add("slow");
        }
        deliver();
        eventually("four arrive", () -> held.size() == 4);
        int port = serve(request -> request.response().end());
        uris.put("quick", "http://localhost:" + port + "/");
        queue.add("quick");

        eventually("another host is not kept waiting", () -> delivered() == 1);
        assertThat(held).hasSize(4);
    }

    @Test
    void moreThanABatchIsDelivered() {
        client("web", 200);
        for (int i = 0; i < 100; i++) {
            queue.add("web");
        }
        deliver();

        eventually("each of them is", () -> {
            // What was too much for the host comes back when its lease is over.
            node.clock.pass(Duration.ofMillis(100));
            return queue.isEmpty();
        });
        assertThat(delivered()).isGreaterThanOrEqualTo(100);
    }

    @Test
    void stoppingWaitsForWhatIsUnderWayAndLeavesTheRest() {
        slowClient("slow");
        for (int i = 0; i < 6; i++) {
            queue.add("slow");
        }
        LogoutDelivery delivery = deliver();
        eventually("four arrive", () -> held.size() == 4);
        Future<Void> stopped = Future.future(
                promise -> node.vertx.runOnContext(on -> delivery.stop().onComplete(promise)));
        assertThat(stopped.isComplete()).isFalse();
        held.forEach(request -> request.response().end());

        await(stopped);
        assertThat(held).hasSize(4);
        assertThat(node.asked(Logouts.Report.class)).hasSize(4);
        assertThat(queue.isEmpty()).isFalse();
    }
}
