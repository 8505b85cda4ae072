package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Bytes;
import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Sealed;
import io.gatehouse.common.message.Grants.Refusal;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.SecondFactor;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.Tenant;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

abstract class SecondFactorContract extends SessionCase {
    private static final Digest FRESH = Digest.of("fresh");
    private static final Digest CODE = Digest.of("one");

    @Test
    void enrolling_isKept() {
        Session own = begin(Samples.ADA);
        SecondFactor factor = factor(Samples.ADA);
        assertThat(enrolled(Samples.ADA)).isNull();
        assertThat(change(own, factor)).isNotNull();
        assertThat(enrolled(Samples.ADA)).isEqualTo(factor);
        assertThat(enrolled(Samples.BOB)).isNull();
        assertThat(Await.result(store.secondFactors().find("acme", Samples.ADA)))
                .isNull();
        reopen(Samples.TIMES);
        assertThat(enrolled(Samples.ADA)).isEqualTo(factor);
    }

    @Test
    void enrolling_endsAllElseAndLetsTheSessionGoOnByTwoFactors() {
        Session own = begin(Samples.ADA);
        Session other = begin(Samples.ADA);
        Session bob = begin(Samples.BOB);
        Grant grant = openGrant(SessionWish.of(own));
        put(SessionWish.of(other).listening());
        List<SequencedDenial> denials = change(own, factor(Samples.ADA));
        assertThat(denials).singleElement().satisfies(line -> {
            assertThat(line.denial().kind()).isEqualTo(Denial.Kind.SUBJECT);
            assertThat(line.denial().key()).isEqualTo(Samples.ADA);
        });
        assertThat(log()).isEqualTo(denials);
        assertThat(List.of(own, other))
                .allSatisfy(gone -> assertThat(find(gone)).isNull());
        assertThat(find(bob)).isNotNull();
        assertThat(claim())
                .singleElement()
                .satisfies(logout -> assertThat(logout.session()).isEqualTo(other.id()));
        assertThat(refusal(grant, 0)).isEqualTo(Refusal.SUBJECT_REFUSED);
        Session goesOn = goesOn(own);
        assertThat(goesOn.amr()).containsExactly("pwd", "otp", "mfa");
        assertThat(goesOn.authTime()).isEqualTo(own.authTime());
        assertThat(goesOn.expiresAt()).isEqualTo(own.expiresAt());
        assertThat(rotate(openGrant(SessionWish.of(goesOn)), 0)).isInstanceOf(RotationResult.Rotated.class);
    }

    @Test
    void removing_endsAllElseAndLetsTheSessionGoOnByOneFactor() {
        Session own = begin(Samples.ADA);
        change(own, factor(Samples.ADA));
        Session other = begin(Samples.ADA);
        assertThat(change(goesOn(own), null)).hasSize(1);
        assertThat(enrolled(Samples.ADA)).isNull();
        assertThat(find(other)).isNull();
        assertThat(goesOn(own).amr()).containsExactly("pwd");
    }

    @Test
    void change_needsASessionThatCountsAndSomethingToChange() {
        Session own = begin(Samples.ADA);
        assertThat(change(own, null)).as("there is none").isNull();
        change(own, factor(Samples.ADA));
        assertThat(change(goesOn(own), factor(Samples.ADA))).as("there is one").isNull();
        assertThat(change(own, null)).as("the former secret").isNull();
        Session loggedOut = goesOn(own);
        Await.result(store.users().logOut(Tenant.MAIN, Samples.ADA, now()));
        assertThat(change(loggedOut, null)).as("of a generation that is over").isNull();
        assertThat(enrolled(Samples.ADA)).isNotNull();
    }

    @Test
    void change_inParallel_happensOnce() {
        List<Session> sessions =
                IntStream.range(0, 8).mapToObj(i -> begin(Samples.ADA)).toList();
        List<Future<@Nullable List<SequencedDenial>>> changes = IntStream.range(0, 32)
                .mapToObj(i -> store.secondFactors()
                        .change(Tenant.MAIN, proof(sessions.get(i % 8)), factor(Samples.ADA), FRESH, now()))
                .toList();
        assertThat(changes.stream().map(Await::result).filter(Objects::nonNull)).hasSize(1);
        assertThat(log()).hasSize(1);
    }

    @Test
    void aStep_countsOnceAndNoEarlierOneBehindIt() {
        change(begin(Samples.ADA), factor(Samples.ADA));
        assertThat(use(100)).as("that of the enrolment").isFalse();
        assertThat(use(102)).isTrue();
        assertThat(use(102)).isFalse();
        assertThat(use(101)).isFalse();
        reopen(Samples.TIMES);
        assertThat(use(102)).isFalse();
        assertThat(use(103)).isTrue();
        assertThat(Await.result(store.secondFactors().use(Tenant.MAIN, Samples.BOB, now(), 200)))
                .isFalse();
    }

    @Test
    void aStep_isOfOneEnrolment() {
        change(begin(Samples.ADA), factor(Samples.ADA));
        Instant before = now().minusSeconds(1);
        assertThat(Await.result(store.secondFactors().use(Tenant.MAIN, Samples.ADA, before, 200)))
                .isFalse();
        assertThat(use(101)).isTrue();
    }

    @Test
    void aStep_oneOf64InParallelCounts() {
        change(begin(Samples.ADA), factor(Samples.ADA));
        List<Future<Boolean>> uses = IntStream.range(0, 64)
                .mapToObj(i -> store.secondFactors().use(Tenant.MAIN, Samples.ADA, now(), 101))
                .toList();
        assertThat(Await.results(uses)).hasSize(64).containsOnlyOnce(true);
    }

    @Test
    void aRecoveryCode_countsOnce() {
        change(begin(Samples.ADA), factor(Samples.ADA));
        List<Future<Boolean>> uses = IntStream.range(0, 64)
                .mapToObj(i -> store.secondFactors().recover(Tenant.MAIN, Samples.ADA, CODE))
                .toList();
        assertThat(Await.results(uses)).hasSize(64).containsOnlyOnce(true);
        assertThat(enrolled(Samples.ADA).recovery()).containsExactly(Digest.of("two"));
        assertThat(Await.result(store.secondFactors().recover(Tenant.MAIN, Samples.ADA, Digest.of("three"))))
                .isFalse();
        assertThat(Await.result(store.secondFactors().recover(Tenant.MAIN, Samples.BOB, Digest.of("two"))))
                .isFalse();
    }

    @Test
    void remove_asksNoSession() {
        change(begin(Samples.ADA), factor(Samples.ADA));
        assertThat(Await.result(store.secondFactors().remove(Tenant.MAIN, Samples.BOB)))
                .isFalse();
        assertThat(Await.result(store.secondFactors().remove(Tenant.MAIN, Samples.ADA)))
                .isTrue();
        assertThat(Await.result(store.secondFactors().remove(Tenant.MAIN, Samples.ADA)))
                .isFalse();
        assertThat(enrolled(Samples.ADA)).isNull();
    }

    private SecondFactor factor(String subject) {
        Sealed secret = new Sealed("master", Bytes.utf8("secret of " + subject));
        return new SecondFactor(Tenant.MAIN, subject, now(), secret, List.of(CODE, Digest.of("two")), 100);
    }

    private boolean use(long step) {
        return Await.result(store.secondFactors().use(Tenant.MAIN, Samples.ADA, now(), step));
    }

    private @Nullable SecondFactor enrolled(String subject) {
        return Await.result(store.secondFactors().find(Tenant.MAIN, subject));
    }

    private @Nullable List<SequencedDenial> change(Session session, @Nullable SecondFactor factor) {
        return Await.result(store.secondFactors().change(Tenant.MAIN, proof(session), factor, FRESH, now()));
    }

    private Session goesOn(Session own) {
        return Await.result(store.sessions().find(Tenant.MAIN, new SessionProof(own.id(), FRESH), now()))
                .session();
    }
}
