package io.gatehouse.gateway.oauth;

import static io.gatehouse.gateway.oauth.TestNode.await;
import static io.gatehouse.gateway.oauth.TestNode.eventually;
import static io.gatehouse.gateway.oauth.TestNode.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.Revocations;
import io.gatehouse.common.message.Revocations.Page;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.verify.RevocationList;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When the list counts at all: complete, and heard of within the last 30 seconds. */
class RevocationFreshnessTest {
    private static final Duration STALENESS = Duration.ofSeconds(30);
    private final TestNode node = new TestNode();
    private final RevocationList list = new RevocationList(node.clock, STALENESS, node.clock.nanos());
    private final BlockingQueue<Promise<Page>> held = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        node.close();
    }

    private void holdReads() {
        node.onLater(Revocations.Read.class, read -> {
            Promise<Page> promise = Promise.promise();
            held.add(promise);
            return promise.future();
        });
    }

    private Promise<Page> nextRead() throws InterruptedException {
        Promise<Page> promise = held.poll(20, TimeUnit.SECONDS);
        assertThat(promise).as("the log is read").isNotNull();
        return promise;
    }

    /** Completes after everything published so far was heard, since events of one sender stay in order. */
    private void settle() {
        String marker = "marker " + System.nanoTime();
        Promise<Void> heard = Promise.promise();
        await(node.bus.hear(event -> {
            if (event instanceof Event.TenantChanged changed && changed.tenant().equals(marker)) {
                heard.tryComplete();
            }
        }));
        node.publish(new Event.TenantChanged(marker));
        await(heard.future());
        await(node.vertx.timer(20, TimeUnit.MILLISECONDS));
    }

    @Test
    void itIsNotFreshBeforeItWasRead() throws InterruptedException {
        holdReads();
        assertThat(list.isFresh()).isFalse();
        Future<Void> following = list.follow(node.bus);
        Promise<Page> read = nextRead();
        node.publish(node.log.heartbeat());
        settle();
        assertThat(list.isFresh()).isFalse();
        assertThat(following.isComplete()).isFalse();
        read.complete(node.log.read(new Revocations.Read(0, 1000)));
        await(following);
        assertThat(list.isFresh()).isTrue();
    }

    /** As one that was cut off, and can ask again before anything is told to it. */
    @Test
    void silenceIsBrokenByAsking() {
        await(list.follow(node.bus));
        Duration silence = Duration.ofSeconds(2);
        node.clock.pass(silence);
        list.breakSilence(node.bus, silence);
        assertThat(node.asked(Revocations.Read.class)).hasSize(1);
        node.log.append("untold");
        node.clock.pass(STALENESS);
        assertThat(list.isFresh()).isFalse();

        list.breakSilence(node.bus, silence);

        eventually("the log is read", () -> list.head() == 1);
        assertThat(list.isFresh()).isTrue();
    }

    /** Heartbeats may come between listening and reading; the one who starts still waits for a complete list. */
    @Test
    void followingIsNotDoneWhileAHeartbeatsReadIsUnderway() throws InterruptedException {
        holdReads();
        node.publish(new Event.Heartbeat("first", 1));
        Future<Void> first = list.follow(node.bus);
        Promise<Page> read = nextRead();
        Future<Void> second = list.follow(node.bus);
        settle();
        assertThat(second.isComplete()).isFalse();
        read.complete(node.log.read(new Revocations.Read(0, 1000)));
        await(first);
        await(second);
        assertThat(list.isFresh()).isTrue();
    }

    @Test
    void followingFailsWhenTheLogCantBeRead() {
        node.failing(Revocations.Read.class, new OAuthError.Unavailable("store"));

        assertThat(refusal(list.follow(node.bus))).isInstanceOf(OAuthError.Unavailable.class);
        assertThat(list.isFresh()).isFalse();
    }

    @Test
    void silenceMakesItStaleAndAHeartbeatFreshAgain() {
        await(list.follow(node.bus));
        node.clock.pass(STALENESS);
        assertThat(list.isFresh()).isTrue();
        node.clock.pass(Duration.ofNanos(1));
        assertThat(list.isFresh()).isFalse();
        node.publish(node.log.heartbeat());
        eventually("it is fresh again", list::isFresh);
    }

    @Test
    void aHeartbeatThatTellsOfAMissingLineDoesNotRefresh() throws InterruptedException {
        await(list.follow(node.bus));
        holdReads();
        node.clock.pass(STALENESS.plusSeconds(1));
        node.log.append("lost");
        node.publish(node.log.heartbeat());
        Promise<Page> read = nextRead();
        node.publish(node.log.heartbeat());
        settle();
        assertThat(list.isFresh()).isFalse();
        read.fail(TestNode.unavailable());
        settle();
        assertThat(list.isFresh()).isFalse();
        node.publish(node.log.heartbeat());
        nextRead().complete(node.log.read(new Revocations.Read(0, 1000)));
        eventually("it is fresh again", list::isFresh);
    }

    /** A page of many tells only how far one has come. */
    @Test
    void aHeartbeatBetweenTwoPagesDoesNotRefresh() throws InterruptedException {
        await(list.follow(node.bus));
        holdReads();
        node.log.pagesOf(1);
        node.log.append("t1");
        node.log.append("t2");
        node.clock.pass(STALENESS.plusSeconds(1));
        node.publish(node.log.heartbeat());
        nextRead().complete(node.log.read(new Revocations.Read(0, 1000)));
        Promise<Page> second = nextRead();
        node.publish(node.log.heartbeat());
        node.publish(new Event.Heartbeat("second", 1));
        settle();
        assertThat(list.isFresh()).isFalse();
        second.complete(node.log.read(new Revocations.Read(1, 1000)));
        eventually("it is fresh again", list::isFresh);
        assertThat(list.head()).isEqualTo(2);
    }

    @Test
    void aGapThatIsSeenDuringAReadIsNotForgotten() throws InterruptedException {
        await(list.follow(node.bus));
        holdReads();
        SequencedDenial first = node.log.append("t1");
        SequencedDenial second = node.log.append("t2");
        node.publish(node.log.push(second));
        Page before = node.log.read(new Revocations.Read(0, 1000));
        Promise<Page> read = nextRead();
        node.log.append("lost");
        SequencedDenial fourth = node.log.append("t4");
        node.publish(node.log.push(fourth));
        settle();
        read.complete(before);
        eventually("the first read is taken in", () -> list.head() == 2);
        node.clock.pass(STALENESS.plusSeconds(1));
        node.publish(node.log.heartbeat());
        Promise<Page> again = nextRead();
        settle();
        assertThat(list.isFresh()).isFalse();
        again.complete(node.log.read(new Revocations.Read(2, 1000)));
        eventually("the gap is closed", () -> list.head() == 4);
        assertThat(list.denies(Tokens.parsed("lost"))).isTrue();
        assertThat(first.sequence()).isEqualTo(1);
    }

    @Test
    void aPushAloneDoesNotRefresh() {
        await(list.follow(node.bus));
        node.clock.pass(STALENESS.plusSeconds(1));
        node.publish(node.log.push(node.log.append("t1")));
        eventually("the line is there", () -> list.head() == 1);
        assertThat(list.isFresh()).isFalse();
    }

    @Test
    void aHeartbeatOfAnotherIncarnationRefreshesByAReadOnly() throws InterruptedException {
        await(list.follow(node.bus));
        holdReads();
        node.log.restore("second", 0);
        node.clock.pass(STALENESS.plusSeconds(1));
        node.publish(node.log.heartbeat());
        Promise<Page> read = nextRead();
        settle();
        assertThat(list.isFresh()).isFalse();
        read.complete(node.log.read(new Revocations.Read(0, 1000)));
        eventually("it is fresh again", list::isFresh);
    }

    /** A page of the moment before them must not take back the lines that a heartbeat told of meanwhile. */
    @Test
    void whatIsPushedWhileAnEmptyLogIsReadIsToldToWhoAsks() throws InterruptedException {
        await(list.follow(node.bus));
        holdReads();
        SequencedDenial first = node.log.append("t1");
        node.publish(node.log.heartbeat());
        Promise<Page> read = nextRead();
        Page before = node.log.read(new Revocations.Read(0, 1000));
        node.publish(node.log.push(first, node.log.append("t2")));
        node.publish(node.log.heartbeat());
        settle();
        read.complete(before);
        settle();

        RevocationList.Known known = list.known(0, 10, 1);
        assertThat(known).isNotNull();
        assertThat(known.page().head()).isEqualTo(2);
    }

    /** What was heard last was of the log before: an application would take the first page for all there is. */
    @Test
    void ofALogThatIsReadAnewItTellsNothingBeforeItsEnd() throws InterruptedException {
        node.log.append("t1");
        node.log.append("t2");
        node.log.append("t3");
        await(list.follow(node.bus));
        holdReads();
        node.log.pagesOf(1);
        node.log.restore("first", 2);
        node.publish(node.log.heartbeat());
        nextRead().complete(node.log.read(new Revocations.Read(3, 1000)));
        Promise<Page> start = nextRead();
        assertThat(list.known(0, 10, 1)).isNull();
        start.complete(node.log.read(new Revocations.Read(0, 1000)));
        Promise<Page> end = nextRead();
        assertThat(list.isFresh()).isTrue();
        assertThat(list.known(0, 10, 1)).isNull();
        end.complete(node.log.read(new Revocations.Read(1, 1000)));

        eventually("all is read", () -> list.known(0, 10, 2) != null);
        assertThat(list.head()).isEqualTo(2);
    }

    /** Lines that the store lost are not what its new ones of the same numbers are. */
    @Test
    void whatIsPushedWhileALogThatLostItsEndIsReadAnewFitsNoOldNumber() throws InterruptedException {
        node.log.append("t1");
        node.log.append("lost");
        await(list.follow(node.bus));
        holdReads();
        node.log.restore("first", 1);
        node.publish(node.log.heartbeat());
        nextRead().complete(node.log.read(new Revocations.Read(2, 1000)));
        Promise<Page> start = nextRead();
        Page before = node.log.read(new Revocations.Read(0, 1000));
        node.clock.pass(STALENESS.plusSeconds(1));
        node.log.append("unheard");
        node.publish(node.log.heartbeat());
        settle();

        assertThat(list.isFresh()).isFalse();
        start.complete(before);
        eventually("it is read", () -> list.head() == 1);
        assertThat(list.isFresh()).isFalse();
    }
}
