package io.gatehouse.common.bus.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.common.crypto.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionTest {
    private static final String ADDRESS = "gatehouse.v1.store.users.b-1";
    private static final Content QUESTION = new Content(1_700_000_000_000L, Bytes.utf8("a question"));

    private Identity a;
    private Identity b;
    private Session fromA;
    private Session fromB;

    @BeforeEach
    void meet() throws GeneralSecurityException {
        a = identity("a-1");
        b = identity("b-1");
        fromA = Session.between(a, peer(b));
        fromB = Session.between(b, peer(a));
    }

    private static Identity identity(String node) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return Identity.make(node, List.of(), generator.generateKeyPair().getPrivate(), Instant.now());
    }

    private static Peer peer(Identity other) throws GeneralSecurityException {
        return Peer.of(other.hello(), Set.of(Part.STORE), Instant.MAX);
    }

    private Envelope ask() {
        return fromA.seal(Envelope.Kind.REQUEST, ADDRESS, 0, QUESTION);
    }

    @Test
    void whatOneSealsTheOtherOpens() {
        Envelope question = ask();
        assertThat(question.content().utf8()).doesNotContain("question");
        assertThat(fromB.open(question, ADDRESS)).isEqualTo(QUESTION);
        assertThat(question.sender()).isEqualTo("a-1");
    }

    @Test
    void nobodyElseOpensIt() throws GeneralSecurityException {
        Identity c = identity("c-1");
        assertThat(Session.between(c, peer(a)).open(ask(), ADDRESS)).isNull();
        // Nor the sender, in whose name it would come back.
        assertThat(fromA.open(ask(), ADDRESS)).isNull();
        // Nor the same node, once it has begun anew.
        assertThat(Session.between(identity("b-1"), peer(a)).open(ask(), ADDRESS))
                .isNull();
    }

    /** It has the same keys, and under one key no number may come twice. */
    @Test
    void aSessionThatIsBegunAnewGoesOnCounting() throws GeneralSecurityException {
        Envelope before = ask();
        Envelope after = Session.between(a, peer(b)).seal(Envelope.Kind.REQUEST, ADDRESS, 0, QUESTION);
        assertThat(after.number()).isGreaterThan(before.number());
        assertThat(fromB.open(after, ADDRESS)).isEqualTo(QUESTION);
        assertThat(fromB.isIdle()).isFalse();
    }

    @Test
    void itIsForItsAddressAlone() {
        assertThat(fromB.open(ask(), "gatehouse.v1.store.keys.b-1")).isNull();
    }

    @Test
    void nothingOfItCanBeChanged() {
        Envelope one = ask();
        Bytes content = one.content();
        assertThat(fromB.open(new Envelope(Envelope.Kind.ANSWER, "a-1", one.number(), 0, content), ADDRESS))
                .isNull();
        assertThat(fromB.open(new Envelope(one.kind(), "a-1", one.number() + 1, 0, content), ADDRESS))
                .isNull();
        assertThat(fromB.open(new Envelope(one.kind(), "a-1", one.number(), 1, content), ADDRESS))
                .isNull();
        for (int i = 0; i < content.length(); i++) {
            byte[] flipped = content.toArray();
            flipped[i] ^= 1;
            assertThat(open(one, Bytes.owned(flipped))).as("byte %d", i).isNull();
            assertThat(open(one, content.slice(0, i))).as("%d bytes", i).isNull();
        }
        assertThat(open(one, content.plus(Bytes.owned(new byte[1])))).isNull();
    }

    private Content open(Envelope one, Bytes content) {
        return fromB.open(new Envelope(one.kind(), one.sender(), one.number(), one.question(), content), ADDRESS);
    }

    @Test
    void anAnswerIsToOneQuestion() {
        Envelope question = ask();
        Envelope other = ask();
        for (Envelope.Kind kind : List.of(Envelope.Kind.ANSWER, Envelope.Kind.FAILURE)) {
            Envelope answer = fromB.seal(kind, ADDRESS, question.number(), QUESTION);
            assertThat(fromA.openAnswer(answer, question, ADDRESS)).isEqualTo(QUESTION);
            assertThat(fromA.openAnswer(answer, other, ADDRESS)).isNull();
            Envelope moved =
                    new Envelope(answer.kind(), answer.sender(), answer.number(), other.number(), answer.content());
            assertThat(fromA.openAnswer(moved, other, ADDRESS)).isNull();
        }
    }

    @Test
    void aQuestionIsNoAnswer() {
        Envelope question = ask();
        Envelope back = fromB.seal(Envelope.Kind.REQUEST, ADDRESS, question.number(), QUESTION);
        assertThat(fromA.openAnswer(back, question, ADDRESS)).isNull();
    }

    @Test
    void eachComesOnceInAnyOrder() {
        Envelope first = ask();
        Envelope second = ask();
        assertThat(fromB.isNew(second)).isTrue();
        assertThat(fromB.isNew(first)).isTrue();
        assertThat(fromB.isNew(first)).isFalse();
        assertThat(fromB.isNew(second)).isFalse();
    }

    @Test
    void timeCountsWithinTenSeconds() {
        long sent = QUESTION.sentAt();
        assertThat(QUESTION.isOf(sent)).isTrue();
        assertThat(QUESTION.isOf(sent + 10_000)).isTrue();
        assertThat(QUESTION.isOf(sent - 10_000)).isTrue();
        assertThat(QUESTION.isOf(sent + 10_001)).isFalse();
        assertThat(QUESTION.isOf(sent - 10_001)).isFalse();
        assertThat(new Content(Long.MIN_VALUE, Bytes.EMPTY).isOf(sent)).isFalse();
        assertThat(new Content(Long.MAX_VALUE, Bytes.EMPTY).isOf(sent)).isFalse();
    }

    @Test
    void anEventIsItsSpeakersAndUnchanged() {
        Envelope said = new Announcement(a).sign(QUESTION);
        assertThat(fromB.openEvent(said)).isEqualTo(QUESTION);
        assertThat(Announcement.hint(said)).isEqualTo(QUESTION);
        assertThat(fromB.openEvent(new Announcement(b).sign(QUESTION))).isNull();
        assertThat(fromB.openEvent(event("a-1", said.number() + 1, said.content())))
                .isNull();
        assertThat(fromB.openEvent(event("c-1", said.number(), said.content()))).isNull();
        for (int i = 0; i < said.content().length(); i++) {
            byte[] flipped = said.content().toArray();
            flipped[i] ^= 1;
            assertThat(fromB.openEvent(event("a-1", said.number(), Bytes.owned(flipped))))
                    .as("byte %d", i)
                    .isNull();
            assertThat(fromB.openEvent(
                            event("a-1", said.number(), said.content().slice(0, i))))
                    .as("%d bytes", i)
                    .isNull();
        }
    }

    private static Envelope event(String sender, long number, Bytes content) {
        return new Envelope(Envelope.Kind.EVENT, sender, number, 0, content);
    }

    @Test
    void anAnswerIsNoEvent() {
        assertThat(fromB.openEvent(ask())).isNull();
        assertThat(Announcement.hint(ask())).isNull();
    }

    @Test
    void aBadKeyIsRefused() {
        Bytes none = Bytes.utf8("none");
        SignedHello hello = new SignedHello(
                io.gatehouse.common.codec.RecordCodec.encode(new Hello("x", none, none, Instant.EPOCH, List.of())),
                none);
        assertThatThrownBy(() -> Peer.of(hello, Set.of(), Instant.MAX)).isInstanceOf(GeneralSecurityException.class);
    }
}
