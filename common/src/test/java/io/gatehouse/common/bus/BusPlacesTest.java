package io.gatehouse.common.bus;

import static io.gatehouse.common.bus.Loop.CHECK;
import static io.gatehouse.common.bus.Loop.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.PartHealth;
import io.gatehouse.common.message.StoreHealth;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where a request goes: to the own loop, else to another one of the process, else anywhere. */
class BusPlacesTest {
    private final BusNode node = new BusNode("node-1");
    private Vertx vertx;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(3));
        Bus.register(vertx);
    }

    @AfterEach
    void stop() {
        Loop.await(vertx.close());
    }

    @Test
    void theOwnLoopAnswersEveryTime() {
        List<Loop> loops = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            loops.add(Loop.start(vertx, node, i)
                    .serveHealth(check -> Future.succeededFuture(new PartHealth(
                            true, Map.of("name", Thread.currentThread().getName())))));
        }
        for (int i = 0; i < 100; i++) {
            for (Loop loop : loops) {
                String own = Loop.await(loop.run(
                        () -> Future.succeededFuture(Thread.currentThread().getName())));
                assertThat(loop.whoAnswers()).isEqualTo(own);
            }
        }
        assertThat(loops.stream().map(Loop::whoAnswers)).doesNotHaveDuplicates();
    }

    @Test
    void aLoopThatDoesNotServeAsksAnother() {
        Loop asking = Loop.start(vertx, node, 0);
        Loop.start(vertx, node, 1).serveHealth("other loop");

        assertThat(asking.whoAnswers()).isEqualTo("other loop");
    }

    @Test
    void aBusOfNoLoopAsksAnyLoop() {
        Loop.start(vertx, node, 0).serveHealth("loop 0");

        assertThat(Loop.await(new Bus(vertx, node, -1).ask(CHECK)).ready()).isTrue();
    }

    @Test
    void aClosedBusServesNoLongerAndAsksAnother() {
        Loop closed = Loop.start(vertx, node, 0).serveHealth("closed");
        Loop open = Loop.start(vertx, node, 1).serveHealth("open");

        closed.closeBus();

        for (int i = 0; i < 20; i++) {
            assertThat(closed.whoAnswers()).isEqualTo("open");
            assertThat(open.whoAnswers()).isEqualTo("open");
        }
    }

    /** Its consumers are gone, the bus does not know: the next place is asked. */
    @Test
    void aVerticleThatEndedWithoutClosingItsBusHoldsNobodyUp() {
        Loop ended = Loop.start(vertx, node, 0).serveHealth("ended");
        Loop.start(vertx, node, 1).serveHealth("alive");

        ended.undeploy();

        for (int i = 0; i < 20; i++) {
            assertThat(Loop.await(ended.bus().ask(CHECK)).details()).containsEntry("name", "alive");
        }
    }

    @Test
    void theNodeForgetsAnAddressWithTheLastBusThatServesIt() {
        Loop first = Loop.start(vertx, node, 0).serveHealth("first");
        Loop second = Loop.start(vertx, node, 1).serveHealth("second");
        assertThat(node.serves(StoreHealth.ADDRESS)).isTrue();

        first.closeBus();
        first.closeBus();
        assertThat(node.serves(StoreHealth.ADDRESS)).isTrue();

        second.closeBus();
        assertThat(node.serves(StoreHealth.ADDRESS)).isFalse();
    }

    @Test
    void whereAllHaveClosedThePartIsUnavailable() {
        Loop loop = Loop.start(vertx, node, 0).serveHealth("closed");

        loop.closeBus();

        assertThat(failure(loop.ask(CHECK))).hasMessage(new OAuthError.Unavailable("store").toString());
    }

    @Test
    void aBusThatClosedMayServeAgain() {
        Loop loop = Loop.start(vertx, node, 0).serveHealth("once");
        loop.closeBus();
        loop.serveHealth("again");

        assertThat(loop.whoAnswers()).isEqualTo("again");
    }
}
