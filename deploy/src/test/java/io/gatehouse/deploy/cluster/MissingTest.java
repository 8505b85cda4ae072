package io.gatehouse.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.spi.cluster.NodeInfo;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MissingTest {
    private static final NodeInfo PLACE = new NodeInfo("127.0.0.1", 7801, null);
    private static final NodeInfo NOWHERE = written("h", 70_000);
    private static final Throwable UNREACHABLE = new IllegalStateException("planned by a test: no answer");

    private final Vertx vertx = Vertx.vertx();
    private final AtomicReference<Future<Void>> door = new AtomicReference<>(Future.failedFuture(UNREACHABLE));
    private final AtomicInteger knocks = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicReference<List<String>> members = new AtomicReference<>(List.of("a", "b"));
    private final Missing missing = new Missing(members::get, changes::incrementAndGet);

    /** As it may stand in the cluster's memory. */
    private static NodeInfo written(String host, int port) {
        NodeInfo read = new NodeInfo();
        read.readFromBuffer(
                0,
                Buffer.buffer()
                        .appendInt(host.length())
                        .appendString(host)
                        .appendInt(port)
                        .appendInt(-1));
        return read;
    }

    private Future<Void> knock(NodeInfo place) {
        if (place.equals(NOWHERE)) {
            // As a client of Vert.x says of such a port.
            throw new IllegalArgumentException("planned by a test: no such port");
        }
        assertThat(place).isEqualTo(PLACE);
        knocks.incrementAndGet();
        return door.get();
    }

    @BeforeEach
    void start() {
        missing.seek(vertx, this::knock);
        missing.learn("b", PLACE);
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private void are(String... now) {
        members.set(List.of(now));
        missing.changed(List.of(now));
    }

    private void lose() {
        are("a", "b");
        are("a");
    }

    private void knockMore(int times) throws Exception {
        int before = knocks.get();
        Eventually.isTrue(() -> knocks.get() >= before + times);
    }

    @Test
    void whoIsAMemberIsLeftAlone() {
        are("a", "b");

        assertThat(knocks).hasValue(0);
        assertThat(missing.isRemembered("b")).isFalse();
        assertThat(missing.place("b")).isEqualTo(PLACE);
    }

    @Test
    void whoOpensCanBeReachedBeforeTheGroupHasItBack() throws Exception {
        lose();
        knockMore(3);
        assertThat(missing.within()).containsExactly("a");
        assertThat(missing.isRemembered("b")).isTrue();
        assertThat(missing.place("b")).isEqualTo(PLACE);
        assertThat(changes).hasValue(0);

        door.set(Future.succeededFuture());
        Eventually.isTrue(() -> missing.within().equals(List.of("a", "b")));

        assertThat(changes).hasValue(1);
    }

    @Test
    void whoIsLostAgainCanNotBeReached() throws Exception {
        door.set(Future.succeededFuture());
        lose();
        Eventually.isTrue(() -> missing.within().equals(List.of("a", "b")));

        door.set(Future.failedFuture(UNREACHABLE));

        Eventually.isTrue(() -> missing.within().equals(List.of("a")));
        assertThat(changes).hasValue(2);
        assertThat(missing.isRemembered("b")).isTrue();
    }

    @Test
    void whoseDoorIsShutIsForgotten() throws Exception {
        lose();
        door.set(Future.failedFuture(new Missing.ShutDoor()));

        Eventually.isTrue(() -> !missing.isRemembered("b"));

        assertThat(missing.place("b")).isNull();
        assertThat(changes).hasValue(0);
    }

    @Test
    void whatSomebodySaidCountsForAMomentAfterItIsBack() {
        lose();
        are("a", "b");

        assertThat(missing.isRemembered("b")).isTrue();
        assertThat(missing.within()).containsExactly("a", "b");
    }

    /** The group tells that it serves nothing any more, and only then that it is gone. */
    @Test
    void whoIsAboutToBeMissingIsRemembered() {
        are("a", "b");
        members.set(List.of("a"));

        assertThat(missing.isRemembered("b")).isTrue();
    }

    @Test
    void whoseMachineServesAnotherNowIsNoMore() {
        lose();
        missing.learn("c", PLACE);

        assertThat(missing.isRemembered("b")).isFalse();
        assertThat(missing.place("b")).isNull();
    }

    /** One that hung, say, and was replaced before the group gave it up. */
    @Test
    void whoseMachineServedAnotherAlreadyIsNoMore() {
        door.set(Future.succeededFuture());
        missing.learn("c", PLACE);
        are("a", "b", "c");
        are("a", "c");

        assertThat(knocks).hasValue(0);
        assertThat(missing.within()).containsExactly("a", "c");
        assertThat(missing.isRemembered("b")).isFalse();
    }

    /** So many that they would leave no room for others, and each would keep who is gone from being told. */
    @Test
    void whoNamesNoPlaceKeepsNobodyFromBeingSought() throws Exception {
        for (int i = 0; i < 40; i++) {
            missing.learn("rogue-" + i, NOWHERE);
        }

        are("a", "b");
        lose();
        knockMore(3);

        assertThat(missing.isRemembered("b")).isTrue();
        assertThat(missing.isRemembered("rogue-0")).isFalse();
    }
}
