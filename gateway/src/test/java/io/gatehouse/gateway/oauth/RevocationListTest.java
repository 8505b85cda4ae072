package io.gatehouse.gateway.oauth;

import static io.gatehouse.gateway.oauth.TestNode.await;
import static io.gatehouse.gateway.oauth.TestNode.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.error.OAuthError;
import io.gatehouse.common.message.Event;
import io.gatehouse.common.message.Revocations;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.verify.RevocationList;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the list holds, whatever way the lines took to it. */
class RevocationListTest {
    private final TestNode node = new TestNode();
    private final RevocationList list = new RevocationList(node.clock, Duration.ofSeconds(30), node.clock.nanos());

    @AfterEach
    void stop() {
        node.close();
    }

    private boolean denies(String jti) {
        return list.denies(Tokens.parsed(jti));
    }

    private int reads() {
        return node.asked(Revocations.Read.class).size();
    }

    @Test
    void theSnapshotIsReadPageByPage() {
        node.log.pagesOf(3);
        for (int i = 1; i <= 10; i++) {
            node.log.append("t" + i);
        }
        await(list.follow(node.bus));

        assertThat(list.head()).isEqualTo(10);
        assertThat(list.size()).isEqualTo(10);
        assertThat(denies("t1")).isTrue();
        assertThat(denies("t10")).isTrue();
        assertThat(denies("t11")).isFalse();
        assertThat(node.asked(Revocations.Read.class))
                .extracting(Revocations.Read::after)
                .containsExactly(0L, 3L, 6L, 9L);
    }

    /** Ten times as many pages as the log may have. */
    @Test
    void aLongLogIsReadToItsEnd() {
        node.log.pagesOf(1);
        for (int i = 1; i <= 10_000; i++) {
            node.log.append("t" + i);
        }
        await(list.follow(node.bus));

        assertThat(list.head()).isEqualTo(10_000);
        assertThat(list.isFresh()).isTrue();
    }

    @Test
    void pushedLinesCountAtOnce() {
        await(list.follow(node.bus));
        node.publish(node.log.push(node.log.append("t1"), node.log.append("t2")));
        node.publish(node.log.push(node.log.append("t3")));

        eventually("the lines are there", () -> list.head() == 3);
        assertThat(denies("t1") && denies("t2") && denies("t3")).isTrue();
        assertThat(reads()).isEqualTo(1);
    }

    @Test
    void aGapIsRead() {
        await(list.follow(node.bus));
        node.log.append("lost");
        node.publish(node.log.push(node.log.append("t2")));

        eventually("the gap is closed", () -> list.head() == 2);
        assertThat(denies("lost") && denies("t2")).isTrue();
        assertThat(node.asked(Revocations.Read.class))
                .extracting(Revocations.Read::after)
                .containsExactly(0L, 0L);
    }

    @Test
    void aHeartbeatTellsOfALostPush() {
        await(list.follow(node.bus));
        node.log.append("lost");
        node.publish(node.log.heartbeat());

        eventually("the line is there", () -> denies("lost"));
        assertThat(list.head()).isEqualTo(1);
    }

    @Test
    void linesOutOfOrderAreAllThere() {
        await(list.follow(node.bus));
        SequencedDenial first = node.log.append("t1");
        SequencedDenial second = node.log.append("t2");
        SequencedDenial third = node.log.append("t3");
        node.publish(node.log.push(third));
        node.publish(node.log.push(first));
        node.publish(node.log.push(second));
        node.publish(node.log.push(second, third));

        eventually("all are there", () -> list.head() == 3);
        assertThat(list.size()).isEqualTo(3);
        assertThat(denies("t1") && denies("t2") && denies("t3")).isTrue();
    }

    @Test
    void aLineOfAnAnswerCountsBeforeItIsPushed() {
        await(list.follow(node.bus));
        SequencedDenial line = node.log.append("t1");
        list.add(List.of(line));
        assertThat(denies("t1")).isTrue();
        assertThat(list.head()).isZero();
        node.publish(node.log.push(line));

        eventually("the push arrived", () -> list.head() == 1);
        assertThat(list.size()).isEqualTo(1);
        assertThat(reads()).isEqualTo(1);
    }

    @Test
    void anotherIncarnationIsReadFromItsStart() {
        node.log.append("t1");
        node.log.append("t2");
        await(list.follow(node.bus));
        node.log.restore("second", 1);
        node.log.append("t2 of the second");
        node.log.append("t3 of the second");
        node.publish(node.log.heartbeat());

        eventually("the second is read", () -> list.head() == 3);
        assertThat(denies("t1") && denies("t2 of the second") && denies("t3 of the second"))
                .isTrue();
        assertThat(node.asked(Revocations.Read.class))
                .extracting(Revocations.Read::after)
                .containsExactly(0L, 2L, 0L);
    }

    /** A database that went back to an older state gives the numbers of before a second time. */
    @Test
    void aLogThatLostItsEndIsReadFromItsStart() {
        node.log.append("t1");
        node.log.append("lost");
        node.log.append("lost too");
        await(list.follow(node.bus));
        node.log.restore("first", 1);
        node.log.append("second, again");
        node.publish(node.log.heartbeat());

        eventually("it is read", () -> denies("second, again"));
        assertThat(list.head()).isEqualTo(2);
        assertThat(denies("t1") && denies("lost")).isTrue();
        node.publish(node.log.push(node.log.append("third, again")));
        eventually("it is followed", () -> list.head() == 3);
    }

    /** What is pushed of it tells, also where it is further than before by the next heartbeat. */
    @Test
    void aLogThatLostItsEndAndGrewAgainIsReadFromItsStart() {
        node.log.append("t1");
        node.log.append("lost");
        node.log.append("lost too");
        await(list.follow(node.bus));
        node.log.restore("first", 1);
        node.log.append("unheard");
        SequencedDenial third = node.log.append("third, again");
        node.log.append("t4");
        node.publish(node.log.push(third));
        node.publish(node.log.heartbeat());

        eventually("it is followed", () -> list.head() == 4);
        assertThat(denies("lost") && denies("unheard") && denies("t4")).isTrue();
        assertThat(list.known(1, 10, 4))
                .isNotNull()
                .satisfies(known -> assertThat(known.page().denials())
                        .isEqualTo(node.log.read(new Revocations.Read(1, 10)).denials()));
    }

    /** Of two nodes one is later: what it says was true a moment ago. */
    @Test
    void aLateHeartbeatTakesNothingBack() {
        await(list.follow(node.bus));
        Event late = node.log.heartbeat();
        node.publish(node.log.push(node.log.append("t1"), node.log.append("t2")));
        eventually("the lines are there", () -> list.head() == 2);
        node.publish(late);

        eventually("it was looked into", () -> reads() == 2);
        assertThat(list.head()).isEqualTo(2);
    }

    /** The push of a log that this one does not follow says nothing about its numbers. */
    @Test
    void aPushOfAnotherIncarnationMovesNoNumber() {
        await(list.follow(node.bus));
        node.publish(new Event.Denied(
                "other", List.of(new SequencedDenial(1, TestLog.denial(Denial.Kind.TOKEN, "x", 0)))));
        eventually("it is refused all the same", () -> denies("x"));

        assertThat(list.head()).isZero();
        node.publish(node.log.push(node.log.append("t1")));
        eventually("the own line counts", () -> list.head() == 1);
    }

    @Test
    void aReadThatFailedIsTriedAgainAtTheNextHeartbeat() {
        await(list.follow(node.bus));
        node.failing(Revocations.Read.class, new OAuthError.Unavailable("store"));
        node.publish(node.log.push(new SequencedDenial(2, node.log.append("t1").denial()), node.log.append("t2")));
        eventually("a read was tried", () -> reads() == 2);
        node.on(Revocations.Read.class, node.log::read);
        eventually("the list has caught up", () -> {
            node.publish(node.log.heartbeat());
            return list.head() == 2;
        });
        assertThat(list.isFresh()).isTrue();
    }

    @Test
    void expiredLinesAreSweptAndOthersStay() {
        node.log.append(new Denial("main", Denial.Kind.TOKEN, "short", 0, "", TestClock.START.plusSeconds(60)));
        node.log.append("long");
        await(list.follow(node.bus));
        node.publish(node.log.heartbeat());
        assertThat(denies("short")).isTrue();
        node.clock.pass(Duration.ofSeconds(61));
        eventually("the expired one is gone", () -> {
            node.publish(node.log.heartbeat());
            return list.size() == 1;
        });

        assertThat(denies("long")).isTrue();
        assertThat(list.head()).isEqualTo(2);
    }

    /** What a user allows a client is nothing to another client, and nothing to another user's. */
    @Test
    void aConsentIsOneUsersAndOneClients() {
        list.add(List.of(
                new SequencedDenial(1, TestLog.withdrawal(Tokens.SUBJECT, "web", 9)),
                new SequencedDenial(2, TestLog.withdrawal("another", "gatehouse.login", 9))));
        assertThat(list.denies(Tokens.parsedByConsent(1))).isFalse();

        list.add(List.of(new SequencedDenial(3, TestLog.withdrawal(Tokens.SUBJECT, "gatehouse.login", 2))));
        assertThat(list.denies(Tokens.parsedByConsent(1))).isTrue();
        assertThat(list.denies(Tokens.parsedByConsent(2))).isFalse();
        assertThat(list.size()).isEqualTo(3);
    }

    @Test
    void ofTwoEpochsTheLaterCounts() {
        await(list.follow(node.bus));
        list.add(List.of(
                new SequencedDenial(1, TestLog.denial(Denial.Kind.SUBJECT, Tokens.SUBJECT, 5)),
                new SequencedDenial(2, TestLog.denial(Denial.Kind.SUBJECT, Tokens.SUBJECT, 3))));

        assertThat(list.size()).isEqualTo(1);
        assertThat(list.denies(Tokens.parsedWithEpochs(4, 9))).isTrue();
        assertThat(list.denies(Tokens.parsedWithEpochs(5, 0))).isFalse();
    }

    @Test
    void whatItKnowsItTellsWithItsAge() {
        await(list.follow(node.bus));
        SequencedDenial line = node.log.append("t1");
        node.publish(node.log.push(line));
        eventually("the line is there", () -> list.head() == 1);
        node.clock.pass(Duration.ofSeconds(2));

        assertThat(list.known(0, 10, 1))
                .isEqualTo(new RevocationList.Known(
                        new Revocations.Page("first", 1, 1, List.of(line)), Duration.ofSeconds(2)));
        assertThat(list.known(1, 10, 1)).isNotNull();
        assertThat(list.known(0, 10, 2)).as("a line that it has not heard of").isNull();
        assertThat(list.known(0, 10, RevocationList.OTHER_LOG)).isNull();
    }

    @Test
    void whatIsStaleItDoesNotTell() {
        assertThat(list.known(0, 10, 0)).as("nothing was read").isNull();
        await(list.follow(node.bus));
        node.clock.pass(Duration.ofSeconds(30));
        assertThat(list.known(0, 10, 0)).isNotNull();
        node.clock.pass(Duration.ofNanos(1));
        assertThat(list.known(0, 10, 0)).isNull();
    }

    @Test
    void itSaysHowFarAnEventGoesBeyondWhatItKnows() {
        node.log.append("t1");
        node.log.append("t2");
        await(list.follow(node.bus));

        assertThat(list.untold(new Event.Heartbeat("first", 2))).isZero();
        assertThat(list.untold(new Event.Heartbeat("first", 3))).isEqualTo(3);
        assertThat(list.untold(new Event.Heartbeat("first", 1))).as("overtaken").isEqualTo(1);
        assertThat(list.untold(new Event.Heartbeat("first", 0))).isEqualTo(RevocationList.OTHER_LOG);
        assertThat(list.untold(new Event.Heartbeat("second", 2))).isEqualTo(RevocationList.OTHER_LOG);
        assertThat(list.untold(node.log.push(node.log.append("t3"), node.log.append("t4"))))
                .isEqualTo(4);
        assertThat(list.untold(new Event.TenantChanged("main"))).isZero();
    }
}
