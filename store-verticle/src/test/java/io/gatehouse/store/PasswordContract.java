package io.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.common.crypto.Digest;
import io.gatehouse.common.crypto.Secret;
import io.gatehouse.common.message.Grants.Refusal;
import io.gatehouse.common.model.Denial;
import io.gatehouse.common.model.Grant;
import io.gatehouse.common.model.SequencedDenial;
import io.gatehouse.common.model.Session;
import io.gatehouse.common.model.SessionProof;
import io.gatehouse.common.model.Tenant;
import io.gatehouse.common.model.User;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

abstract class PasswordContract extends SessionCase {
    private static final Secret NEW_HASH = Secret.of("$argon2id$v=19$m=19456,t=2,p=1$BBBB$BBBB");
    private static final Digest FRESH = Digest.of("fresh");

    @Test
    void change_replacesThePasswordAndEndsTheGeneration() {
        Session own = begin(Samples.ADA);
        List<SequencedDenial> denials = change(own, Samples.HASH);
        assertThat(denials).singleElement().satisfies(line -> {
            assertThat(line.denial().kind()).isEqualTo(Denial.Kind.SUBJECT);
            assertThat(line.denial().key()).isEqualTo(Samples.ADA);
            assertThat(line.denial().epoch()).isEqualTo(1);
        });
        assertThat(log()).isEqualTo(denials);
        User ada = Await.result(store.users().find(Tenant.MAIN, Samples.ADA));
        assertThat(ada.passwordHash()).isEqualTo(NEW_HASH);
        assertThat(ada.epoch()).isEqualTo(1);
        reopen(Samples.TIMES);
        assertThat(Await.result(store.users().find(Tenant.MAIN, Samples.ADA))).isEqualTo(ada);
    }

    @Test
    void change_letsTheSessionGoOnUnderAnotherSecret() {
        Session own = begin(Samples.ADA);
        Grant grant = openGrant(SessionWish.of(own));
        change(own, Samples.HASH);
        assertThat(find(own)).isNull();
        Session goesOn = found(own);
        assertThat(goesOn.subjectEpoch()).isEqualTo(1);
        assertThat(goesOn.expiresAt()).isEqualTo(own.expiresAt());
        assertThat(refusal(grant, 0)).as("what was given so far").isEqualTo(Refusal.SUBJECT_REFUSED);
        assertThat(rotate(openGrant(SessionWish.of(goesOn)), 0)).isInstanceOf(RotationResult.Rotated.class);
    }

    @Test
    void change_endsEveryOtherSession() {
        Session own = begin(Samples.ADA);
        Session other = begin(Samples.ADA);
        Session bob = begin(Samples.BOB);
        put(SessionWish.of(own).listening());
        put(SessionWish.of(other).listening());
        put(SessionWish.of(bob).listening());
        change(own, Samples.HASH);
        assertThat(find(other)).isNull();
        assertThat(find(bob)).isNotNull();
        assertThat(claim())
                .singleElement()
                .satisfies(logout -> assertThat(logout.session()).isEqualTo(other.id()));
        assertThat(Await.result(store.sessions().overview(Tenant.MAIN, new SessionProof(own.id(), FRESH), now()))
                        .sessions())
                .extracting(Session::id)
                .containsExactly(own.id());
    }

    @Test
    void change_needsThePasswordThatWasChecked() {
        Session own = begin(Samples.ADA);
        Session other = begin(Samples.ADA);
        assertThat(change(own, Secret.of("another"))).isNull();
        end(own);
        assertThat(change(own, Samples.HASH)).isNull();
        Await.result(store.users().logOut(Tenant.MAIN, Samples.ADA, now()));
        assertThat(change(other, Samples.HASH)).isNull();
        assertThat(Await.result(store.users().find(Tenant.MAIN, Samples.ADA)).passwordHash())
                .isEqualTo(Samples.HASH);
    }

    @Test
    void change_inParallel_happensOnce() {
        Session one = begin(Samples.ADA);
        Session two = begin(Samples.ADA);
        List<Future<@Nullable List<SequencedDenial>>> changes = IntStream.range(0, 32)
                .mapToObj(i -> asked(i % 2 == 0 ? one : two, Samples.HASH))
                .toList();
        assertThat(changes.stream().map(Await::result).filter(Objects::nonNull)).hasSize(1);
        assertThat(log()).hasSize(1);
        assertThat(Await.result(store.users().find(Tenant.MAIN, Samples.ADA)).epoch())
                .isEqualTo(1);
    }

    private @Nullable List<SequencedDenial> change(Session session, Secret checked) {
        return Await.result(asked(session, checked));
    }

    private Future<@Nullable List<SequencedDenial>> asked(Session session, Secret checked) {
        return store.sessions().changePassword(Tenant.MAIN, proof(session), checked, NEW_HASH, FRESH, now());
    }

    private Session found(Session own) {
        return Await.result(store.sessions().find(Tenant.MAIN, new SessionProof(own.id(), FRESH), now()))
                .session();
    }
}
